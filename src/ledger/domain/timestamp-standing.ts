import type { Timestamp } from '../../../libs/timestamp/index.js';

/** How the ledger stands with whoever dates it. Messages may change, codes may not. */
export type TimestampCode =
  /** Nobody is asked. */
  | 'none'
  /** Nothing waits, or only for moments. */
  | 'dated'
  /** Checkpoints wait for their timestamps. */
  | 'debt'
  /** What is kept as the newest timestamp does not hold. */
  | 'broken';

/** The newest timestamp, verified from what is stored. */
export interface NewestTimestamp extends Timestamp {
  readonly size: number;
  /** The checkpoint it dates. */
  readonly note: string;
  readonly token: Uint8Array;
}

/** What the standing follows from. */
export interface TimestampFacts {
  /** Where checkpoints are dated; undefined when nobody is asked. */
  readonly authority: string | undefined;
  readonly intervalSeconds: number;
  /** A sentence when what is stored as the newest does not hold; undefined when there is none. */
  readonly newest: NewestTimestamp | { readonly fault: string } | undefined;
  readonly waiting: number;
  readonly oldestDueAt: Date | undefined;
  readonly state: { readonly message: string; readonly failingSince: Date | null } | undefined;
  readonly now: Date;
}

export interface TimestampStanding {
  readonly code: TimestampCode;
  readonly authority: string | undefined;
  readonly intervalSeconds: number;
  readonly newest: NewestTimestamp | undefined;
  readonly waiting: number;
  readonly waitsSince: Date | undefined;
  readonly debtSeconds: number;
  readonly failingSince: Date | undefined;
  /** What is wrong, a whole sentence; undefined when nothing is. */
  readonly message: string | undefined;
}

/** Dating takes moments; checkpoints that wait longer than this, in seconds, are a debt that is shown. */
const USUAL_SECONDS = 30;

export function timestampStanding({ authority, intervalSeconds, newest, waiting, oldestDueAt, state, now }: TimestampFacts): TimestampStanding {
  const debtSeconds = oldestDueAt === undefined ? 0 : Math.max(0, (now.getTime() - oldestDueAt.getTime()) / 1000);
  const isBroken = newest !== undefined && 'fault' in newest;
  const failingSince = state?.failingSince ?? undefined;
  const isOwing = failingSince !== undefined || debtSeconds > USUAL_SECONDS;
  return {
    code: isBroken ? 'broken' : authority === undefined ? 'none' : isOwing ? 'debt' : 'dated',
    authority,
    intervalSeconds,
    newest: isBroken ? undefined : newest,
    waiting,
    waitsSince: oldestDueAt,
    debtSeconds,
    failingSince,
    message: isBroken ? newest.fault : failingSince && state && `${state.message}.`,
  };
}
