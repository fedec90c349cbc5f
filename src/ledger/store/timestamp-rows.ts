import { counted, type Counted, type LedgerConnection } from './connection.js';

/** A checkpoint that is to be dated. */
export interface DueRow {
  readonly size: number;
  readonly dueAt: Date;
}

/** Puts a checkpoint into the queue of those that are to be dated. */
export async function insertDue(connection: LedgerConnection, { size, dueAt }: DueRow): Promise<void> {
  await connection.query('INSERT INTO ledger_timestamp_due (size, due_at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [size, dueAt]);
}

/** The last checkpoint that was put into the queue; undefined before the first. */
export function readLastDue(connection: LedgerConnection): Promise<DueRow | undefined> {
  return readDue(connection, 'SELECT size, due_at FROM ledger_timestamp_due ORDER BY size DESC LIMIT 1');
}

/** The first checkpoint of the queue that is not dated yet. */
export function readFirstUndated(connection: LedgerConnection): Promise<DueRow | undefined> {
  return readDue(connection, `SELECT d.size, d.due_at FROM ledger_timestamp_due d
    WHERE NOT EXISTS (SELECT FROM ledger_timestamp t WHERE t.size = d.size) ORDER BY d.size LIMIT 1`);
}

/** How many checkpoints of the queue are not dated yet. */
export async function countUndated(connection: LedgerConnection): Promise<number> {
  const [row] = await connection.query<{ undated: string }>(
    'SELECT count(*) AS undated FROM ledger_timestamp_due d WHERE NOT EXISTS (SELECT FROM ledger_timestamp t WHERE t.size = d.size)',
  );
  return Number(row?.undated ?? 0);
}

/** Checkpoints that are not dated though a later one is, up to `limit`: the queue is worked off in order, so none is left out. */
export async function readPassedOver(connection: LedgerConnection, limit: number): Promise<Counted<number>> {
  const rows = await connection.query<{ size: string; found: number }>(
    `SELECT d.size, count(*) OVER ()::int AS found FROM ledger_timestamp_due d WHERE d.size < (SELECT max(size) FROM ledger_timestamp)
       AND NOT EXISTS (SELECT FROM ledger_timestamp t WHERE t.size = d.size) ORDER BY d.size LIMIT $1`,
    [limit],
  );
  return counted(rows, ({ size }) => Number(size));
}

/** A token that was verified before it came here. */
export interface TimestampRow {
  readonly size: number;
  /** RFC 3161, DER. */
  readonly token: Uint8Array;
  /** The time it tells. */
  readonly dated: Date;
}

/** Keeps a token. Of several for one checkpoint the first is kept. */
export async function insertTimestamp(connection: LedgerConnection, { size, token, dated }: TimestampRow, at: Date): Promise<void> {
  await connection.query('INSERT INTO ledger_timestamp (size, token, dated, received_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [size, Buffer.from(token), dated, at]);
}

/** A kept token with the checkpoint it is filed under, as they are stored. */
export interface StoredTimestamp extends TimestampRow {
  /** Undefined when there is no such checkpoint any more. */
  readonly note: string | undefined;
}

/** Kept tokens of more than `after` entries, in order, up to `limit`. */
export function readTimestamps(connection: LedgerConnection, after: number, limit: number): Promise<readonly StoredTimestamp[]> {
  return readStored(connection, 'WHERE t.size > $1 ORDER BY t.size LIMIT $2', [after, limit]);
}

/** The token of the largest checkpoint that has one. */
export async function readNewestTimestamp(connection: LedgerConnection): Promise<StoredTimestamp | undefined> {
  const [newest] = await readStored(connection, 'ORDER BY t.size DESC LIMIT 1', []);
  return newest;
}

/** How the authority last answered. */
export interface AuthorityState {
  readonly answeredAt: Date;
  readonly message: string;
  /** Null while it dates. */
  readonly failingSince: Date | null;
}

/** Undefined before it was first asked. */
export async function readAuthorityState(connection: LedgerConnection): Promise<AuthorityState | undefined> {
  const [row] = await connection.query<{ answered_at: Date; message: string; failing_since: Date | null }>('SELECT answered_at, message, failing_since FROM ledger_timestamp_state');
  return row && { answeredAt: row.answered_at, message: row.message, failingSince: row.failing_since };
}

/** Notes that the authority dated. */
export async function noteDated(connection: LedgerConnection, at: Date): Promise<void> {
  await connection.query(
    `INSERT INTO ledger_timestamp_state (answered_at, answer, message) VALUES ($1, 'dated', 'Dated')
     ON CONFLICT (single) DO UPDATE SET answered_at = $1, answer = 'dated', message = 'Dated', failing_since = NULL`,
    [at],
  );
}

/** Notes that the authority did not date, and why; since when is kept from the first time. */
export async function noteUndated(connection: LedgerConnection, { code, message }: { readonly code: string; readonly message: string }, at: Date): Promise<void> {
  await connection.query(
    `INSERT INTO ledger_timestamp_state AS s (answered_at, answer, message, failing_since) VALUES ($1, $2, $3, $1)
     ON CONFLICT (single) DO UPDATE SET answered_at = $1, answer = $2, message = $3, failing_since = coalesce(s.failing_since, $1)`,
    [at, code, message],
  );
}

async function readDue(connection: LedgerConnection, text: string): Promise<DueRow | undefined> {
  const [row] = await connection.query<{ size: string; due_at: Date }>(text);
  return row && { size: Number(row.size), dueAt: row.due_at };
}

async function readStored(connection: LedgerConnection, rest: string, parameters: readonly unknown[]): Promise<readonly StoredTimestamp[]> {
  const rows = await connection.query<{ size: string; token: Buffer; dated: Date; note: string | null }>(
    `SELECT t.size, t.token, t.dated, c.note FROM ledger_timestamp t LEFT JOIN ledger_checkpoint c ON c.size = t.size ${rest}`,
    parameters,
  );
  return rows.map(({ size, token, dated, note }) => ({ size: Number(size), token: new Uint8Array(token), dated, note: note ?? undefined }));
}
