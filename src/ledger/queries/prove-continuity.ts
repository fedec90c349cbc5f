import { formatConsistencyFile, makeConsistencyProof, openCheckpoint, readRoot, sameHash, verifyConsistencyFile } from '../../../libs/tlog/index.js';
import { must } from '../../../libs/kernel/index.js';
import type { EarlierTree, KnownTree } from '../domain/earlier-tree.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import type { LedgerConnection } from '../store/connection.js';
import { nodeReader, readCheckpointAt, readHead, TreeHole, type HeadRow } from '../store/tree-rows.js';

/** Why the ledger of now does not contain the one of then. Messages may change, codes may not. */
export type Discontinuity =
  /** It has fewer entries than were signed for, or none. */
  | 'cut'
  /** Its first entries are not those that were signed for. */
  | 'forked'
  /** What is stored is not what its own latest checkpoint was signed for. */
  | 'broken';

/** Whether the ledger of now contains everything the ledger of then did. */
export interface Continuity {
  readonly holds: boolean;
  readonly code: Discontinuity | undefined;
  /** A whole sentence. */
  readonly message: string;
  /** Entries of then. */
  readonly from: number;
  /** Entries of now. */
  readonly size: number;
  /** The signed checkpoint of now; empty before the first. */
  readonly checkpoint: string;
  /** The consistency proof with that checkpoint, verified; empty when there is none. */
  readonly proof: string;
}

/**
 * Proves, from the stored tree, that it still begins with the tree somebody kept, and verifies the proof as that person
 * would before giving it out. The adversary is whoever administers the database and, with the key, signs another history.
 *
 * @param earlier - without a root, the one signed at that size is taken, or else the one the tree has now: the proof then
 *   says nothing by itself, and everything to whoever holds the checkpoint of then
 */
export async function proveContinuity(connection: LedgerConnection, trust: LedgerTrust, earlier: EarlierTree): Promise<Continuity> {
  const head = (await readHead(connection)) ?? NO_HEAD;
  const { size: from } = earlier;
  const broken = (what: string): Continuity => failed('broken', head, from, `What is stored is not what was signed: ${what}`);
  const signed = openCheckpoint(head.note, trust.origin, trust.trusted);
  if (head !== NO_HEAD && !(signed.ok && signed.value.size === head.size)) return broken('the latest checkpoint is not one this ledger signed.');
  if (head.size < from) {
    return failed('cut', head, from, `The ledger has ${head.size} entries, fewer than the ${from} it was signed for then: entries were cut off.`);
  }
  if (head === NO_HEAD) return failed('cut', head, from, 'Nothing has been signed yet, so there is nothing to prove. The first checkpoint follows the first entries within seconds.');
  try {
    return await prove(connection, trust, earlier, head);
  } catch (fault) {
    if (fault instanceof TreeHole) return broken(`${fault.message}.`);
    throw fault;
  }
}

async function prove(connection: LedgerConnection, trust: LedgerTrust, earlier: EarlierTree, head: HeadRow): Promise<Continuity> {
  const { size: from } = earlier;
  const nodes = nodeReader(connection);
  const root = await readRoot(nodes, from);
  const known = await knownTree(connection, trust, earlier, root);
  if (!sameHash(root, known.root)) {
    const roots = `The root then was ${base64(known.root)}, the root of the same number of entries now is ${base64(root)}.`;
    return failed('forked', head, from, `The first ${from} entries of the ledger are not those that were signed for then: it was rewritten or there are two of it. ${roots}`);
  }
  const path = must(await makeConsistencyProof(nodes, from, head.size));
  const proof = formatConsistencyFile({ oldSize: from, proof: path, checkpoint: head.note });
  if (verifyConsistencyFile(proof, known, trust.origin, trust.trusted).ok) {
    const message = `The ledger of now, ${head.size} entries, contains everything the ledger of then, ${from} entries, did.`;
    return { holds: true, code: undefined, message, from, size: head.size, checkpoint: head.note, proof };
  }
  return failed('broken', head, from, `What is stored is not what was signed: the first ${from} entries are there, and the tree of ${head.size} does not lead to its signed root.`);
}

async function knownTree(connection: LedgerConnection, trust: LedgerTrust, { size, root }: EarlierTree, now: Uint8Array): Promise<KnownTree> {
  if (root !== undefined) return { size, root };
  const signed = openCheckpoint((await readCheckpointAt(connection, size)) ?? '', trust.origin, trust.trusted);
  return { size, root: signed.ok ? signed.value.root : now };
}

const NO_HEAD: HeadRow = { size: 0, note: '', signedAt: new Date(0) };

function failed(code: Discontinuity, { size, note: checkpoint }: HeadRow, from: number, message: string): Continuity {
  return { holds: false, code, message, from, size, checkpoint, proof: '' };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
