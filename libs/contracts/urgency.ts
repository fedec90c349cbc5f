import { z } from 'zod';

/** How urgently a breach must reach somebody who can act: as the risk rules grade it. */
export const Urgency = {
  Critical: 'critical',
  High: 'high',
  Normal: 'normal',
} as const;
export type Urgency = (typeof Urgency)[keyof typeof Urgency];

export const urgencySchema = z.enum(Urgency);

const MINUTES: Readonly<Record<Urgency, number>> = {
  [Urgency.Critical]: 30,
  [Urgency.High]: 4 * 60,
  [Urgency.Normal]: 24 * 60,
};

/**
 * By when an alert raised at `raisedAt` should be acknowledged: 30 minutes, 4 hours or 24 hours later. Plain elapsed
 * time, because duty posts are staffed around the clock.
 */
export function acknowledgeBy(urgency: Urgency, raisedAt: Date): Date {
  return new Date(raisedAt.getTime() + MINUTES[urgency] * 60_000);
}
