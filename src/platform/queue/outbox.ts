import type { OutboxEvent } from '../../../libs/contracts/index.js';
import type { EventId } from '../../../libs/kernel/index.js';
import type { Work } from '../db/unit-of-work.js';

/** What a job is made of: names, never content. The event itself stays in PostgreSQL. */
export interface WaitingEvent {
  readonly id: EventId;
  readonly type: string;
  readonly correlationId: string;
}

interface EventRow {
  readonly id: EventId;
  readonly type: string;
  readonly payload: unknown;
  readonly correlation_id: string;
  readonly created_at: Date;
}

/**
 * Locks up to `limit` events that have not been dispatched, passing over those another relay holds. Deliberately not
 * "everything after the last id": transactions commit in another order than they began.
 */
export async function lockWaiting(work: Work, limit: number): Promise<readonly WaitingEvent[]> {
  return work.sql<WaitingEvent>(
    `SELECT id, type, correlation_id AS "correlationId" FROM outbox
      WHERE dispatched_at IS NULL ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit],
  );
}

/** Records that a job for each of these events stands in the queue. */
export async function markDispatched(work: Work, ids: readonly EventId[]): Promise<void> {
  await work.sql('UPDATE outbox SET dispatched_at = $2 WHERE id = ANY($1::uuid[])', [ids, work.at]);
}

/** The event behind a job, or undefined when its act was never committed. */
export async function findEvent(work: Work, id: string): Promise<OutboxEvent | undefined> {
  const [row] = await work.sql<EventRow>('SELECT id, type, payload, correlation_id, created_at FROM outbox WHERE id = $1', [id]);
  if (!row) return undefined;
  return { id: row.id, type: row.type, payload: row.payload, correlationId: row.correlation_id, createdAt: row.created_at };
}

/**
 * Takes the right to do `effect` for `event`, once and for all if this transaction commits. False: it has been done.
 * A second delivery at the same time waits here until the first has committed or rolled back.
 */
export async function claimEffect(work: Work, event: EventId, effect: string): Promise<boolean> {
  const rows = await work.sql(
    'INSERT INTO effect (event_id, effect, done_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING event_id',
    [event, effect, work.at],
  );
  return rows.length === 1;
}

/** Whether `effect` has been done for `event`. */
export async function isDone(work: Work, event: EventId, effect: string): Promise<boolean> {
  const rows = await work.sql('SELECT 1 FROM effect WHERE event_id = $1 AND effect = $2', [event, effect]);
  return rows.length === 1;
}
