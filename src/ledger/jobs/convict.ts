import { makeConsistencyProof, openCheckpoint, readRoot, sameHash, verifyConsistency, type NodeReader, type OpenedCheckpoint } from '../../../libs/tlog/index.js';
import type { ListedWitness } from '../../../libs/witness/index.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import { TreeHole, type HeadRow } from '../store/tree-rows.js';
import type { ConflictKind } from '../store/witness-rows.js';

/** The ledger as it is stored at this moment. */
export interface StoredLedger {
  readonly head: HeadRow;
  readonly nodes: NodeReader;
}

/** What a checkpoint that a witness holds says about the ledger. */
export type Verdict =
  | { readonly is: 'conflict'; readonly kind: ConflictKind; readonly theirs: string; readonly theirsSize: number }
  /** The ledger continues it: the witness refuses without cause. */
  | { readonly is: 'continued' }
  /** Not signed by the ledger and cosigned by the witness: nothing that could convict anybody. */
  | { readonly is: 'no-evidence' };

/**
 * Holds the checkpoint a witness shows (attacker-controlled) against the stored ledger. Only one that this ledger's own
 * key signed and the witness's key cosigned counts: a witness alone cannot accuse the ledger of anything.
 */
export async function convict(evidence: string, { head, nodes }: StoredLedger, trust: LedgerTrust, { key }: ListedWitness): Promise<Verdict> {
  const opened = openCheckpoint(evidence, trust.origin, [...trust.trusted, key]);
  if (!opened.ok || !isSignedByBoth(opened.value, trust, key)) return { is: 'no-evidence' };
  const theirs = opened.value;
  const conflict = (kind: ConflictKind): Verdict => ({ is: 'conflict', kind, theirs: evidence, theirsSize: theirs.size });
  if (theirs.size > head.size) return conflict('cut');
  const ours = openCheckpoint(head.note, trust.origin, trust.trusted);
  if (!ours.ok || ours.value.size !== head.size) return conflict('broken');
  if (theirs.size === head.size && !sameHash(theirs.root, ours.value.root)) return conflict('forked');
  try {
    if (!sameHash(await readRoot(nodes, theirs.size), theirs.root)) return conflict('forked');
    return (await continues(nodes, theirs, ours.value)) ? { is: 'continued' } : conflict('broken');
  } catch (fault) {
    if (fault instanceof TreeHole) return conflict('broken');
    throw fault;
  }
}

function isSignedByBoth({ note }: OpenedCheckpoint, { trusted }: LedgerTrust, key: ListedWitness['key']): boolean {
  return note.signers.includes(key) && trusted.some((own) => note.signers.includes(own));
}

async function continues(nodes: NodeReader, theirs: OpenedCheckpoint, ours: OpenedCheckpoint): Promise<boolean> {
  const proof = await makeConsistencyProof(nodes, theirs.size, ours.size);
  if (!proof.ok) return false;
  return verifyConsistency({ oldSize: theirs.size, newSize: ours.size, oldRoot: theirs.root, newRoot: ours.root, proof: proof.value }).ok;
}
