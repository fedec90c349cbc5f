import { readRetirement, type Retirement, type RetiredMonth } from '../domain/retirement.js';
import type { LedgerConnection } from './connection.js';

/** SQL: where the month $1 begins and ends. */
const START = `ledger_instant($1 || '-01T00:00:00.000Z')`;
const END = `(${START} AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'`;

/** A month that was retired, with what its record says; a row that leads to no record of it has none. */
export interface RetirementRow {
  readonly month: string;
  readonly retirement: Retirement | undefined;
}

/** Every month that is said to be retired, the first one first. */
export async function readRetirements(connection: LedgerConnection): Promise<readonly RetirementRow[]> {
  const rows = await connection.query<{ month: string; body: string | null }>(
    'SELECT x.month, (SELECT r.body FROM ledger_entry r WHERE r.id = x.retirement_id) AS body FROM ledger_retirement x ORDER BY x.month',
  );
  return rows.map(({ month, body }) => {
    const retirement = body === null ? undefined : readRetirement(body);
    return { month, retirement: retirement?.months.some((each) => each.month === month) === true ? retirement : undefined };
  });
}

/** Months with a table of their own that lie before `month`, the first one first. */
export async function monthsBefore(connection: LedgerConnection, month: string): Promise<readonly string[]> {
  const rows = await connection.query<{ month: string }>(
    `SELECT month FROM (SELECT replace(substring(c.relname FROM '^ledger_entry_(\\d{4}_\\d\\d)$'), '_', '-') AS month
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'ledger_entry'::regclass) parts
     WHERE month < $1 ORDER BY month`,
    [month],
  );
  return rows.map(({ month: each }) => each);
}

/** Those of `references` that no investigation has. */
export async function unknownCases(connection: LedgerConnection, references: readonly string[]): Promise<readonly string[]> {
  const rows = await connection.query<{ reference: string }>(
    'SELECT named.reference FROM unnest($1::text[]) AS named (reference) WHERE NOT EXISTS (SELECT FROM workspace w WHERE w.reference = named.reference)',
    [references],
  );
  return rows.map(({ reference }) => reference);
}

/** The cases of entries before `month` that are held: those that are open, of which something was recorded since, or that are named. */
export async function heldCases(connection: LedgerConnection, month: string, named: readonly string[]): Promise<readonly string[]> {
  const rows = await connection.query<{ id: string }>(
    `SELECT old.id FROM (SELECT DISTINCT workspace_id AS id, workspace_reference AS reference FROM ledger_entry WHERE at < ${START} AND workspace_id IS NOT NULL) old
      WHERE old.reference = ANY ($2) OR EXISTS (SELECT FROM workspace w WHERE w.id = old.id AND w.status <> 'closed')
         OR EXISTS (SELECT FROM ledger_entry e WHERE e.workspace_id = old.id AND e.at >= ${START})`,
    [month, named],
  );
  return rows.map(({ id }) => id);
}

/** What would go of a month, and how many of its entries do not stand as they should: those may not go. */
export async function retirableIn(connection: LedgerConnection, month: string, held: readonly string[]): Promise<RetiredMonth & { readonly unsound: number }> {
  // The month stands still from here on: what is put into it afterwards waits for the end of the transaction.
  await connection.query(`LOCK TABLE ledger_entry_${month.replace('-', '_')} IN SHARE MODE`);
  const [row] = await connection.query<{ entries: string; kept: string; unsound: string; digest: Buffer | null }>(
    `SELECT count(*) FILTER (WHERE id IS NOT NULL AND NOT held) AS entries, count(*) FILTER (WHERE held) AS kept,
            count(*) FILTER (WHERE NOT sound) AS unsound,
            sha256(coalesce(string_agg(int8send(index) || leaf, ''::bytea ORDER BY index) FILTER (WHERE id IS NOT NULL AND NOT held AND index IS NOT NULL), ''::bytea)) AS digest
       FROM (SELECT e.id, l.index, l.leaf_hash AS leaf, ledger_is_held(e.verb, e.outcome, e.workspace_id, $2) AND e.id IS NOT NULL AS held,
                    CASE WHEN e.id IS NULL THEN EXISTS (SELECT FROM ledger_erasure x WHERE x.entry_id = l.entry_id)
                         ELSE coalesce(sha256('\\x00'::bytea || e.salt || convert_to(e.body, 'UTF8')) = l.leaf_hash, false) END AS sound
               FROM (SELECT * FROM ledger_entry WHERE at >= ${START} AND at < ${END}) e
               FULL JOIN (SELECT * FROM ledger_leaf WHERE at >= ${START} AND at < ${END}) l ON l.entry_id = e.id AND l.at = e.at) found`,
    [month, held],
  );
  const { entries, kept, unsound, digest } = row ?? { entries: 0, kept: 0, unsound: 0, digest: null };
  return { month, entries: Number(entries), kept: Number(kept), unsound: Number(unsound), digest: digest?.toString('base64') ?? '' };
}

/** Takes the month out; the database asks for the entry that records it, and that as many go as it says. */
export async function retireMonth(connection: LedgerConnection, { month, entries }: RetiredMonth, held: readonly string[], retirementId: string): Promise<void> {
  await connection.query('INSERT INTO ledger_retirement (month, retirement_id) VALUES ($1, $2)', [month, retirementId]);
  await connection.query('SELECT ledger_retire_month($1, $2, $3)', [month, held, entries]);
}

/** Of an entry that is gone: its place, its time, and how its month was retired; undefined where it was not. */
export interface RetiredLeaf {
  readonly index: number;
  readonly leafHash: string;
  readonly at: Date;
  readonly retirement: Retirement;
}

/** What is left of an entry that was retired with its month; undefined where it was not. */
export async function readRetiredLeaf(connection: LedgerConnection, entryId: string): Promise<RetiredLeaf | undefined> {
  const [row] = await connection.query<{ index: string; leaf_hash: Buffer; at: Date; month: string; body: string }>(
    `SELECT l.index, l.leaf_hash, l.at, x.month, r.body FROM ledger_leaf l JOIN ledger_retirement x ON x.month = to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM')
       JOIN ledger_entry r ON r.id = x.retirement_id WHERE l.entry_id = $1 AND NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = l.entry_id)`,
    [entryId],
  );
  const retirement = row && readRetirement(row.body);
  if (row === undefined || retirement?.months.some(({ month }) => month === row.month) !== true) return undefined;
  return { index: Number(row.index), leafHash: row.leaf_hash.toString('base64'), at: row.at, retirement };
}
