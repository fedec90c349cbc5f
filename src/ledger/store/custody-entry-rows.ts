import type { LedgerConnection } from './connection.js';

/** An entry that names an event of custody, as far as its leaf. */
interface CustodyLeaf {
  readonly id: string;
  readonly custody: string;
  readonly leaf: Buffer;
  readonly index: string | null;
}

const OF_ITEMS = `e.subject_id = ANY ($1::text[]) AND e.outcome = 'done' AND e.body::jsonb #>> '{details,custody}' IS NOT NULL`;

/** Those that row-level security shows to whoever asks, with all that their leaves are made of. */
export async function readOwnCustody(connection: LedgerConnection, items: readonly string[]): Promise<readonly { readonly id: string; readonly salt: Buffer; readonly body: string }[]> {
  return connection.query(`SELECT e.id, e.salt, e.body FROM ledger_entry e WHERE ${OF_ITEMS}`, [items]);
}

/** All of them, and where they stand in the tree. For a role that reads the whole ledger. */
export async function readAllCustody(connection: LedgerConnection, items: readonly string[]): Promise<readonly CustodyLeaf[]> {
  return connection.query(
    `SELECT e.id, e.body::jsonb #>> '{details,custody}' AS custody, e.leaf_hash AS leaf, l.index
     FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id WHERE ${OF_ITEMS} ORDER BY e.at, e.id`,
    [items],
  );
}

/** How many of them no checkpoint covers. */
export async function countUnsigned(connection: LedgerConnection, items: readonly string[]): Promise<number> {
  const [row] = await connection.query<{ unsigned: number }>(
    `SELECT count(*)::int AS unsigned FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id
     WHERE ${OF_ITEMS} AND (l.index IS NULL OR l.index >= coalesce((SELECT max(size) FROM ledger_checkpoint), 0))`,
    [items],
  );
  return row?.unsigned ?? 0;
}
