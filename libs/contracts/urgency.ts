import { z } from 'zod';

/** How soon a breach must reach somebody who can act. The producer derives it from how grave the risk rules call it. */
export const Urgency = {
  Immediate: 'immediate',
  SameDay: 'same-day',
  NextWorkingDay: 'next-working-day',
} as const;
export type Urgency = (typeof Urgency)[keyof typeof Urgency];

export const urgencySchema = z.enum(Urgency);

const MINUTES: Readonly<Record<Urgency, number>> = {
  [Urgency.Immediate]: 30,
  [Urgency.SameDay]: 8 * 60,
  [Urgency.NextWorkingDay]: 24 * 60,
};

/**
 * By when an alert raised at `raisedAt` should be acknowledged: 30 minutes, 8 hours or 24 hours later. Plain elapsed
 * time, because duty posts are staffed around the clock.
 */
export function acknowledgeBy(urgency: Urgency, raisedAt: Date): Date {
  return new Date(raisedAt.getTime() + MINUTES[urgency] * 60_000);
}

/** The urgency as a person reads it, for example `same day`. */
export function urgencyWords(urgency: Urgency): string {
  return urgency.replaceAll('-', ' ');
}
