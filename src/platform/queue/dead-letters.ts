import type { EventId } from '../../../libs/kernel/index.js';

/** A job that was given up, and why. */
export interface DeadLetter {
  readonly eventId: EventId;
  readonly effect: string;
  readonly type: string;
  readonly code: string;
  readonly attempts: number;
  readonly failedAt: Date;
}

/** Anything that runs one SQL statement and answers its rows: a unit of work, or the command line's connection. */
export interface Sql {
  sql<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** Keeps a job that was given up. Giving the same one up again after a replay updates it. */
export async function keepDeadLetter(to: Sql, letter: Omit<DeadLetter, 'type'>): Promise<void> {
  await to.sql(
    `INSERT INTO dead_letter (event_id, effect, code, attempts, failed_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (event_id, effect) DO UPDATE
       SET code = excluded.code, attempts = excluded.attempts, failed_at = excluded.failed_at, replayed_at = NULL`,
    [letter.eventId, letter.effect, letter.code, letter.attempts, letter.failedAt],
  );
}

/** The dead letters nobody has had done again, oldest first, at most `limit`. */
export async function deadLetters(from: Sql, limit = 100): Promise<readonly DeadLetter[]> {
  return from.sql<DeadLetter>(
    `SELECT d.event_id AS "eventId", d.effect, o.type, d.code, d.attempts, d.failed_at AS "failedAt"
       FROM dead_letter d JOIN outbox o ON o.id = d.event_id
      WHERE d.replayed_at IS NULL ORDER BY d.failed_at, d.event_id LIMIT $1`,
    [limit],
  );
}

/** Asks for one dead letter to be done again; the reconciler of the worker queues it anew. False: there is none. */
export async function replayDeadLetter(to: Sql, eventId: string, effect: string, at: Date): Promise<boolean> {
  const rows = await to.sql(
    'UPDATE dead_letter SET replayed_at = $3 WHERE event_id = $1 AND effect = $2 AND replayed_at IS NULL RETURNING effect',
    [eventId, effect, at],
  );
  return rows.length === 1;
}
