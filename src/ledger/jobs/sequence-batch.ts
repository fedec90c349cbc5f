import { must } from '../../../libs/kernel/index.js';
import { CompactRange, openCheckpoint, sameHash, signCheckpoint, EMPTY_ROOT } from '../../../libs/tlog/index.js';
import type { LedgerKey } from '../domain/ledger-key.js';
import type { LedgerConnection } from '../store/connection.js';
import {
  insertCheckpoint,
  insertLeaves,
  insertNodes,
  nodeReader,
  readHead,
  readWaiting,
  removeTickets,
  type HeadRow,
  type WaitingEntry,
} from '../store/tree-rows.js';
import { LedgerBroken } from './ledger-broken.js';

/** What a batch left behind, for the next one. */
export interface Batch {
  /** Entries that were given an index. */
  readonly count: number;
  /** The tree as this process last left it; only a hint, held against the signed head each time. */
  readonly edge: CompactRange | undefined;
  /** The checkpoint this batch signed. */
  readonly note?: string;
}

/** Entries that share one checkpoint at most. */
export const BATCH_LIMIT = 1_000;
/** The advisory lock that only one sequencer of a database holds at a time ("ledger" in ASCII). */
const SEQUENCER_LOCK = '119165802210674';

/**
 * Gives waiting entries the next indexes, extends the tree and signs a checkpoint, all in one transaction under a lock:
 * either all of it happened or none, whoever else is running and wherever this process is killed. Indexes follow the
 * signed head, so no gap can open, and their uniqueness in the table means that even a lost lock could not fork them.
 *
 * @throws LedgerBroken when the stored tree is not the one that was signed
 */
export async function sequenceBatch(
  connection: LedgerConnection,
  key: LedgerKey,
  now: () => Date,
  edge?: CompactRange,
): Promise<Batch> {
  await connection.query('BEGIN');
  try {
    const batch = await underLock(connection, key, now, edge);
    await connection.query('COMMIT');
    return batch;
  } catch (fault) {
    // A connection that is gone has rolled back by itself.
    await connection.query('ROLLBACK').catch(() => undefined);
    throw fault;
  }
}

async function underLock(
  connection: LedgerConnection,
  key: LedgerKey,
  now: () => Date,
  edge: CompactRange | undefined,
): Promise<Batch> {
  const [lock] = await connection.query<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [SEQUENCER_LOCK]);
  if (lock?.held !== true) return { count: 0, edge };
  // Read only now: what a former leader committed is visible to statements that begin after the lock was given.
  const waiting = await readWaiting(connection, BATCH_LIMIT);
  if (waiting.length === 0) return { count: 0, edge };
  const tree = await takeUp(connection, key, edge);
  const entries = waiting.filter(({ isPlaced }) => !isPlaced);
  const note = entries.length === 0 ? undefined : await extend(connection, key, now(), tree, entries);
  await removeTickets(connection, waiting.map(({ ticket }) => ticket));
  return { count: entries.length, edge: tree, ...(note === undefined ? {} : { note }) };
}

async function extend(
  connection: LedgerConnection,
  key: LedgerKey,
  signedAt: Date,
  tree: CompactRange,
  entries: readonly WaitingEntry[],
): Promise<string> {
  const first = tree.size;
  const leaves = entries.map(({ entryId, at, leafHash }, n) => ({ index: first + n, entryId, at, leafHash }));
  const nodes = leaves.flatMap(({ leafHash }) => tree.append(leafHash));
  const checkpoint = { origin: key.origin, size: tree.size, root: tree.root(), extensions: [] };
  const note = must(signCheckpoint(checkpoint, [key.signer]));
  await insertLeaves(connection, leaves);
  await insertNodes(connection, nodes);
  await insertCheckpoint(connection, { size: tree.size, note, signedAt });
  await connection.query(`SELECT pg_notify('concordat_checkpoint', '')`);
  return note;
}

/** The tree at the signed head: the one in memory if it is that one, else read back and held against the signature. */
async function takeUp(connection: LedgerConnection, key: LedgerKey, edge: CompactRange | undefined): Promise<CompactRange> {
  const head = await readHead(connection);
  const signed = head === undefined ? { size: 0, root: EMPTY_ROOT } : openHead(head, key);
  if (edge !== undefined && edge.size > signed.size) {
    throw new LedgerBroken(`The ledger has ${signed.size} entries, fewer than the ${edge.size} this process has signed for`);
  }
  const isCurrent = edge?.size === signed.size && sameHash(edge.root(), signed.root);
  const tree = isCurrent ? edge : await resume(connection, signed.size);
  if (!sameHash(tree.root(), signed.root)) {
    throw new LedgerBroken(`The stored tree of ${signed.size} entries does not lead to the root that was signed`);
  }
  // A copy, so that a batch that fails leaves the remembered tree as it was committed.
  return CompactRange.resume(tree.size, tree.hashes());
}

function openHead(head: HeadRow, key: LedgerKey): { size: number; root: Uint8Array } {
  const opened = openCheckpoint(head.note, key.origin, key.trusted);
  if (opened.ok && opened.value.size === head.size) return opened.value;
  throw new LedgerBroken(`The latest checkpoint, of ${head.size} entries, is not one this ledger's key signed`);
}

async function resume(connection: LedgerConnection, size: number): Promise<CompactRange> {
  return CompactRange.resume(size, await nodeReader(connection).readNodes(CompactRange.addressesFor(size)));
}
