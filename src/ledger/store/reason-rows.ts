import type { Work } from '../../platform/index.js';

/** Why an auditor looks, and since when that is her reason. */
export interface StatedReason {
  readonly reason: string;
  readonly statedAt: Date;
}

/** The reason stated in the session of this act; undefined before any was. */
export async function findReason(work: Work): Promise<StatedReason | undefined> {
  const [row] = await work.sql<StatedReason>(
    `SELECT reason, stated_at AS "statedAt" FROM audit_reason WHERE session_id = $1`,
    [work.context.actor?.sessionId ?? null],
  );
  return row;
}

/** Keeps the reason for what this session looks at from now on, in the place of an earlier one. */
export function keepReason(work: Work, reason: string): void {
  work.leave(
    `INSERT INTO audit_reason (session_id, reason, stated_at) VALUES ($1, $2, $3)
     ON CONFLICT (session_id) DO UPDATE SET reason = excluded.reason, stated_at = excluded.stated_at`,
    [work.context.actor?.sessionId ?? null, reason, work.at],
  );
}
