import type { LogReader, StoredEntry } from '../../../libs/tlog/index.js';
import { faultsOfEntry, type EntryColumns } from '../domain/entry-faults.js';
import type { LedgerConnection } from './connection.js';

interface LeafRow extends EntryColumns {
  readonly index: string;
  readonly entry_id: string;
  readonly leaf: Buffer;
  readonly salt: Buffer | null;
}

const COLUMNS = `e.id, e.salt, e.body, e.leaf_hash, e.at, e.verb, e.category, e.outcome, e.person_id, e.person_name,
  e.agency_id, e.agency_code, e.workspace_id, e.workspace_reference, e.subject_id, e.subject_title, e.correlation, e.item_ids, e.cases, e.clause, e.purpose`;

/** The stored ledger as the check reads it: page by page, in order, each row once. */
export function logReader(connection: LedgerConnection): LogReader {
  return {
    async readEntries(from, limit) {
      const rows = await connection.query<LeafRow>(
        `SELECT l.index, l.entry_id, l.leaf_hash AS leaf, ${COLUMNS}
         FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id
         WHERE l.index >= $1 ORDER BY l.index LIMIT $2`,
        [from, limit],
      );
      return rows.map(storedEntry);
    },
    async readNodes(level, from, limit) {
      const rows = await connection.query<{ index: string; hash: Buffer }>(
        'SELECT index, hash FROM ledger_node WHERE level = $1 AND index >= $2 ORDER BY index LIMIT $3',
        [level, from, limit],
      );
      return rows.map(({ index, hash }) => ({ index: Number(index), hash: new Uint8Array(hash) }));
    },
    async readCheckpoints(from, limit) {
      const rows = await connection.query<{ size: string; note: string }>(
        'SELECT size, note FROM ledger_checkpoint WHERE size >= $1 ORDER BY size LIMIT $2',
        [from, limit],
      );
      return rows.map(({ size, note }) => ({ size: Number(size), note }));
    },
  };
}

function storedEntry(row: LeafRow): StoredEntry {
  const hasBody = row.salt !== null && row.body !== null;
  return {
    index: Number(row.index),
    id: row.entry_id,
    leafHash: new Uint8Array(row.leaf),
    leaf: hasBody ? leafBytes(row.salt, row.body) : undefined,
    faults: hasBody ? faultsOfEntry(row, row.leaf) : [],
  };
}

function leafBytes(salt: Buffer, body: string): Uint8Array {
  return new Uint8Array(Buffer.concat([salt, Buffer.from(body, 'utf8')]));
}

/** An entry that has no index yet. */
export interface UnplacedEntry {
  readonly id: string;
  readonly salt: Buffer;
  readonly body: string;
  readonly leaf_hash: Buffer;
  /** Whether its ticket is still there, so that the sequencer will come to it. */
  readonly waits: boolean;
}

/** Entries without an index, oldest first, up to `limit`. */
export async function readUnplaced(connection: LedgerConnection, limit: number): Promise<readonly UnplacedEntry[]> {
  return connection.query<UnplacedEntry>(
    `SELECT e.id, e.salt, e.body, e.leaf_hash, EXISTS (SELECT FROM ledger_waiting w WHERE w.entry_id = e.id) AS waits
     FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = e.id) ORDER BY e.at LIMIT $1`,
    [limit],
  );
}

/** The salt an entry was hashed with. It lets a guess at the body be confirmed, so it leaves only with the body. */
export async function readSalt(connection: LedgerConnection, entryId: string): Promise<Uint8Array | undefined> {
  const [row] = await connection.query<{ salt: Buffer }>('SELECT salt FROM ledger_entry WHERE id = $1', [entryId]);
  return row && new Uint8Array(row.salt);
}

/** An entry with all that its leaf is made of. */
export interface StoredBody {
  readonly index: number;
  readonly salt: Uint8Array;
  readonly body: string;
}

/** Up to `limit` entries that are still there, of an index of at least `from`, in the order of their indexes. */
export async function readBodies(connection: LedgerConnection, from: number, limit: number): Promise<readonly StoredBody[]> {
  const rows = await connection.query<{ index: string; salt: Buffer; body: string }>(
    'SELECT l.index, e.salt, e.body FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry_id WHERE l.index >= $1 ORDER BY l.index LIMIT $2',
    [from, limit],
  );
  return rows.map(({ index, salt, body }) => ({ index: Number(index), salt: new Uint8Array(salt), body }));
}
