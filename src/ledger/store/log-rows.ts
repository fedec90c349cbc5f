import type { LogReader, StoredEntry } from '../../../libs/tlog/index.js';
import { readErasure } from '../domain/erasure.js';
import type { GoneLeaves } from '../domain/gone-leaves.js';
import { faultsOfEntry, type EntryColumns } from '../domain/entry-faults.js';
import { counted, type Counted, type LedgerConnection } from './connection.js';

interface ErasableRow {
  readonly index: string;
  readonly entry_id: string;
  readonly leaf: Buffer;
  /** The entry that records this one's erasure, where there is one. */
  readonly erasure: string | null;
  /** Whether it is not there, and its month was retired on record. */
  readonly retired: boolean;
}

interface LeafRow extends EntryColumns, ErasableRow {
  readonly salt: Buffer | null;
  readonly leaf_at: Date | null;
}

/** SQL: the record of its erasure, looked for where the entry is not there. */
const ERASURE = 'CASE WHEN e.id IS NULL THEN (SELECT r.body FROM ledger_erasure x JOIN ledger_entry r ON r.id = x.erasure_id WHERE x.entry_id = l.entry_id) END AS erasure';
/** SQL: whether it is not there and its month was retired, as the record of that says. */
const RETIRED = `e.id IS NULL AND coalesce(to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM') IN (
  SELECT x.month FROM ledger_retirement x JOIN ledger_entry r ON r.id = x.retirement_id
   WHERE r.verb = 'ledger.retire' AND r.outcome = 'done' AND r.body::jsonb #> '{details,months}' @> jsonb_build_array(jsonb_build_object('month', x.month))), false) AS retired`;

const COLUMNS = `e.id, e.salt, e.body, e.leaf_hash, e.at, e.verb, e.category, e.outcome, e.person_id, e.person_name,
  e.agency_id, e.agency_code, e.workspace_id, e.workspace_reference, e.subject_id, e.subject_title, e.correlation, e.item_ids, e.cases, e.clause, e.purpose`;

/** The stored ledger as the check reads it: page by page, in order, each row once. `gone` is told of each leaf. */
export function logReader(connection: LedgerConnection, gone?: GoneLeaves): LogReader {
  return {
    async readEntries(from, limit) {
      const rows = await connection.query<LeafRow>(
        `SELECT l.index, l.entry_id, l.leaf_hash AS leaf, l.at AS leaf_at, ${COLUMNS}, ${ERASURE}, ${RETIRED}
         FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id AND e.at = l.at
         WHERE l.index >= $1 ORDER BY l.index LIMIT $2`,
        [from, limit],
      );
      return rows.map((row) => storedEntry(row, gone));
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

function storedEntry(row: LeafRow, gone: GoneLeaves | undefined): StoredEntry {
  const hasBody = row.salt !== null && row.body !== null;
  const erased = isErased(row);
  if (gone !== undefined) tell(gone, row, hasBody, erased);
  return {
    index: Number(row.index),
    id: row.entry_id,
    leafHash: new Uint8Array(row.leaf),
    leaf: hasBody ? leafBytes(row.salt, row.body) : undefined,
    erased: erased || row.retired,
    faults: hasBody ? faultsOfEntry(row, row.leaf) : [],
  };
}

function tell(gone: GoneLeaves, { leaf_at: at, index, leaf, retired }: LeafRow, isThere: boolean, isErased: boolean): void {
  if (isThere) gone.stands(at);
  else if (retired && at !== null && !isErased) gone.went(at, Number(index), leaf);
  else if (!isErased) gone.isMissing(at);
}

/** Whether the ledger itself says that this very leaf's entry was erased; that entry is checked like every other. */
function isErased({ erasure, entry_id: id, leaf, index }: ErasableRow): boolean {
  const facts = erasure === null ? undefined : readErasure(erasure, id)?.facts;
  return facts?.leafHash === leaf.toString('base64') && facts.index === Number(index);
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
export async function readUnplaced(connection: LedgerConnection, after: string, limit: number): Promise<readonly UnplacedEntry[]> {
  return connection.query<UnplacedEntry>(
    `SELECT e.id, e.salt, e.body, e.leaf_hash, EXISTS (SELECT FROM ledger_waiting w WHERE w.entry_id = e.id) AS waits
     FROM ledger_entry e WHERE e.id > $1 AND NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = e.id AND l.at = e.at) ORDER BY e.id LIMIT $2`,
    [after, limit],
  );
}

/** Ids of entries that wait for an index and are not there, up to `limit`. */
export async function readRobbed(connection: LedgerConnection, limit: number): Promise<Counted<string>> {
  const rows = await connection.query<{ entry_id: string; found: number }>(
    `SELECT w.entry_id, count(*) OVER ()::int AS found FROM ledger_waiting w WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = w.entry_id AND e.at = w.at)
       AND NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = w.entry_id) ORDER BY w.ticket LIMIT $1`,
    [limit],
  );
  return counted(rows, ({ entry_id: id }) => id);
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

/** All that is left of an entry that was erased, or retired with its month, on record. */
export interface ErasedLeaf {
  readonly index: number;
  readonly leaf: Uint8Array;
}

/** Up to `limit` entries of an index of at least `from`, in the order of their indexes, without those that are gone without a record. */
export async function readBodies(connection: LedgerConnection, from: number, limit: number): Promise<readonly (StoredBody | ErasedLeaf)[]> {
  const rows = await connection.query<ErasableRow & { readonly salt: Buffer | null; readonly body: string | null }>(
    `SELECT l.index, l.entry_id, l.leaf_hash AS leaf, e.salt, e.body, ${ERASURE}, ${RETIRED} FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id AND e.at = l.at
     WHERE l.index >= $1 ORDER BY l.index LIMIT $2`,
    [from, limit],
  );
  return rows.flatMap((row): readonly (StoredBody | ErasedLeaf)[] => {
    const index = Number(row.index);
    if (row.salt !== null && row.body !== null) return [{ index, salt: new Uint8Array(row.salt), body: row.body }];
    return isErased(row) || row.retired ? [{ index, leaf: new Uint8Array(row.leaf) }] : [];
  });
}

/** An entry or a checkpoint that stands at another time than its place in the ledger allows. */
export interface OutOfTime {
  readonly index: number | undefined;
  readonly entryId: string | undefined;
  readonly size: number;
  readonly at: Date;
  readonly signedAt: Date;
}

/**
 * What cannot have happened when it says: a checkpoint older than the one before it, an entry younger than the checkpoint that
 * first has it, and one more than a day older than the checkpoint before, which an act that takes long is not. Clocks of two
 * machines may differ by five minutes.
 */
export async function readOutOfTime(connection: LedgerConnection, limit: number): Promise<Counted<OutOfTime>> {
  const rows = await connection.query<{ found: number; index: string | null; entry_id: string | null; size: string; at: Date; signed_at: Date }>(
    `WITH signed AS (SELECT size, signed_at, coalesce(lag(size) OVER (ORDER BY size), 0) AS first, lag(signed_at) OVER (ORDER BY size) AS before FROM ledger_checkpoint)
     SELECT *, count(*) OVER ()::int AS found FROM (
     SELECT NULL::bigint AS index, NULL::uuid AS entry_id, s.size, s.signed_at AS at, s.before AS signed_at FROM signed s WHERE s.signed_at < s.before - interval '5 minutes'
     UNION ALL
     SELECT l.index, l.entry_id, s.size, e.at, CASE WHEN e.at > s.signed_at THEN s.signed_at ELSE s.before END
     FROM signed s JOIN ledger_leaf l ON l.index >= s.first AND l.index < s.size JOIN ledger_entry e ON e.id = l.entry_id AND e.at = l.at
     WHERE e.at > s.signed_at + interval '5 minutes' OR e.at < s.before - interval '1 day') late
     ORDER BY size LIMIT $1`,
    [limit],
  );
  return counted(rows, (row) => ({
    index: row.index === null ? undefined : Number(row.index), entryId: row.entry_id ?? undefined, size: Number(row.size), at: row.at, signedAt: row.signed_at,
  }));
}
