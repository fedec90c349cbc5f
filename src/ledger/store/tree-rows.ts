import type { CompletedNode, NodeAddress, NodeReader } from '../../../libs/tlog/index.js';
import type { LedgerConnection } from './connection.js';

/** The latest signed state of the ledger. */
export interface HeadRow {
  readonly size: number;
  readonly note: string;
  readonly signedAt: Date;
}

/** The latest checkpoint, or undefined before the first. */
export async function readHead(connection: LedgerConnection): Promise<HeadRow | undefined> {
  const [row] = await connection.query<{ size: string; note: string; signed_at: Date }>(
    'SELECT size, note, signed_at FROM ledger_checkpoint ORDER BY size DESC LIMIT 1',
  );
  return row && { size: Number(row.size), note: row.note, signedAt: row.signed_at };
}

/** The checkpoint that was signed at exactly this size, if one was. */
export async function readCheckpointAt(connection: LedgerConnection, size: number): Promise<string | undefined> {
  const [row] = await connection.query<{ note: string }>('SELECT note FROM ledger_checkpoint WHERE size = $1', [size]);
  return row?.note;
}

/** The latest checkpoints, newest first, up to `limit`. */
export async function readCheckpoints(connection: LedgerConnection, limit: number): Promise<readonly Omit<HeadRow, 'note'>[]> {
  const rows = await connection.query<{ size: string; signed_at: Date }>(
    'SELECT size, signed_at FROM ledger_checkpoint ORDER BY size DESC LIMIT $1',
    [limit],
  );
  return rows.map(({ size, signed_at: signedAt }) => ({ size: Number(size), signedAt }));
}

/** How many entries have no place in the tree yet. */
export async function countWaiting(connection: LedgerConnection): Promise<number> {
  const [row] = await connection.query<{ waiting: string }>('SELECT count(*) AS waiting FROM ledger_waiting');
  return Number(row?.waiting ?? 0);
}

const READ_NODES = `
  SELECT wanted.ordinal, coalesce(leaf.leaf_hash, node.hash) AS hash
  FROM unnest($1::int[], $2::bigint[]) WITH ORDINALITY AS wanted (level, index, ordinal)
  LEFT JOIN ledger_leaf leaf ON wanted.level = 0 AND leaf.index = wanted.index
  LEFT JOIN ledger_node node ON wanted.level > 0 AND node.level = wanted.level AND node.index = wanted.index
  ORDER BY wanted.ordinal`;

/** A node that a tree of the signed size must have is not stored: somebody removed it. */
export class TreeHole extends Error {
  override readonly name = 'TreeHole';
}

/** The stored tree, for proofs and for going on with it. Reading a node that is not there throws {@link TreeHole}. */
export function nodeReader(connection: LedgerConnection): NodeReader {
  return {
    async readNodes(addresses: readonly NodeAddress[]): Promise<readonly Uint8Array[]> {
      if (addresses.length === 0) return [];
      const levels = addresses.map(({ level }) => level);
      const indexes = addresses.map(({ index }) => index);
      const rows = await connection.query<{ hash: Buffer | null }>(READ_NODES, [levels, indexes]);
      return rows.map(({ hash }, at) => {
        if (hash === null) throw new TreeHole(`The ledger lacks node ${levels[at] ?? ''}/${indexes[at] ?? ''}`);
        return new Uint8Array(hash);
      });
    },
  };
}

/** An entry that was recorded and has no index yet. */
export interface WaitingEntry {
  readonly ticket: string;
  readonly entryId: string;
  readonly at: Date;
  readonly leafHash: Uint8Array;
  /** Whether it has an index after all, and only its ticket was left over. */
  readonly isPlaced: boolean;
}

/** Up to `limit` waiting entries, those that have waited longest first. */
export async function readWaiting(connection: LedgerConnection, limit: number): Promise<readonly WaitingEntry[]> {
  const rows = await connection.query<{ ticket: string; entry_id: string; at: Date; leaf_hash: Buffer; is_placed: boolean }>(
    `SELECT w.ticket, w.entry_id, w.at, e.leaf_hash,
       EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = w.entry_id) AS is_placed
     FROM ledger_waiting w JOIN ledger_entry e ON e.id = w.entry_id AND e.at = w.at ORDER BY w.ticket LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({
    ticket: row.ticket,
    entryId: row.entry_id,
    at: row.at,
    leafHash: new Uint8Array(row.leaf_hash),
    isPlaced: row.is_placed,
  }));
}

/** One leaf to be stored: which entry, of when, stands at which index. */
export interface LeafRow {
  readonly index: number;
  readonly entryId: string;
  readonly at: Date;
  readonly leafHash: Uint8Array;
}

export async function insertLeaves(connection: LedgerConnection, leaves: readonly LeafRow[]): Promise<void> {
  await connection.query(
    'INSERT INTO ledger_leaf (index, entry_id, at, leaf_hash) SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::bytea[])',
    [leaves.map(({ index }) => index), leaves.map(({ entryId }) => entryId), leaves.map(({ at }) => at), leaves.map(({ leafHash }) => Buffer.from(leafHash))],
  );
}

/** Stores nodes above the leaves; level 0 is in the leaf rows. */
export async function insertNodes(connection: LedgerConnection, nodes: readonly CompletedNode[]): Promise<void> {
  const above = nodes.filter(({ level }) => level > 0);
  if (above.length === 0) return;
  await connection.query(
    'INSERT INTO ledger_node (level, index, hash) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])',
    [above.map(({ level }) => level), above.map(({ index }) => index), above.map(({ hash }) => Buffer.from(hash))],
  );
}

export async function insertCheckpoint(connection: LedgerConnection, head: HeadRow): Promise<void> {
  await connection.query('INSERT INTO ledger_checkpoint (size, note, signed_at) VALUES ($1, $2, $3)', [
    head.size,
    head.note,
    head.signedAt,
  ]);
}

/** Takes the tickets of entries that now have their index. */
export async function removeTickets(connection: LedgerConnection, tickets: readonly string[]): Promise<void> {
  await connection.query('DELETE FROM ledger_waiting WHERE ticket = ANY ($1::bigint[])', [tickets]);
}
