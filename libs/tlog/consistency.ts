import { ok, type Result } from '../kernel/index.js';
import { TlogErrorCode, refuse, type TlogError } from './errors.js';
import { EMPTY_ROOT, HASH_BYTES, hashNode, sameHash } from './hashing.js';
import { hashRanges, type NodeReader } from './node-reader.js';
import { half, isOdd, isTreeSize, splitPoint, type LeafRange } from './tree-shape.js';

/** What is claimed: that the tree of `oldSize` leaves is the beginning of the tree of `newSize` leaves. */
export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  /** The nodes of RFC 6962 section 2.1.2, in its order. */
  readonly proof: readonly Uint8Array[];
}

/** The ranges whose hashes make SUBPROOF(oldSize, D, isWhole) of RFC 6962 section 2.1.2. */
function consistencyRanges(oldSize: number, tree: LeafRange, isWhole: boolean): readonly LeafRange[] {
  if (tree.end === oldSize) return isWhole ? [] : [tree];
  const middle = tree.begin + splitPoint(tree.end - tree.begin);
  const left = { begin: tree.begin, end: middle };
  const right = { begin: middle, end: tree.end };
  return oldSize <= middle
    ? [...consistencyRanges(oldSize, left, isWhole), right]
    : [...consistencyRanges(oldSize, right, false), left];
}

/**
 * The proof that the first `oldSize` leaves are the beginning of the first `newSize` (RFC 6962 section 2.1.2); empty
 * when the sizes are equal or the old tree was empty. Refused with `out-of-range` when the sizes run backwards.
 */
export async function makeConsistencyProof(
  reader: NodeReader,
  oldSize: number,
  newSize: number,
): Promise<Result<readonly Uint8Array[], TlogError>> {
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) {
    return refuse(TlogErrorCode.OutOfRange, `A tree of ${oldSize} leaves is not the beginning of one of ${newSize}`);
  }
  if (oldSize === 0) return ok([]);
  return ok(await hashRanges(reader, consistencyRanges(oldSize, { begin: 0, end: newSize }, true)));
}

/**
 * Whether a consistency claim holds (RFC 9162 section 2.1.4.2; an empty old tree is the beginning of any tree).
 * The adversary is the log itself, showing one history to one reader and another to the next.
 * Refused with `out-of-range`, `wrong-proof-length`, `malformed-proof` or `root-mismatch`.
 */
export function verifyConsistency(claim: ConsistencyClaim): Result<void, TlogError> {
  const { oldSize, newSize, proof } = claim;
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) {
    return refuse(TlogErrorCode.OutOfRange, `A tree of ${oldSize} leaves is not the beginning of one of ${newSize}`);
  }
  if ([claim.oldRoot, claim.newRoot, ...proof].some((hash) => hash.length !== HASH_BYTES)) {
    return refuse(TlogErrorCode.MalformedProof, 'Every hash of a consistency proof is 32 bytes');
  }
  if (oldSize === 0 || oldSize === newSize) return verifyTrivial(claim);
  const roots = rootsOfProof(claim);
  if (roots === undefined) {
    return refuse(TlogErrorCode.WrongProofLength, `The proof from ${oldSize} to ${newSize} has another length`);
  }
  if (!sameHash(roots.oldRoot, claim.oldRoot) || !sameHash(roots.newRoot, claim.newRoot)) {
    return refuse(TlogErrorCode.RootMismatch, `The trees of ${oldSize} and ${newSize} leaves are not one history`);
  }
  return ok(undefined);
}

function verifyTrivial({ oldSize, newSize, oldRoot, newRoot, proof }: ConsistencyClaim): Result<void, TlogError> {
  if (proof.length > 0) {
    return refuse(TlogErrorCode.WrongProofLength, `The proof from ${oldSize} to ${newSize} is empty`);
  }
  const isEmptyOld = oldSize !== 0 || sameHash(oldRoot, EMPTY_ROOT);
  const isSame = oldSize !== newSize || sameHash(oldRoot, newRoot);
  if (!isEmptyOld || !isSame) {
    return refuse(TlogErrorCode.RootMismatch, `The trees of ${oldSize} and ${newSize} leaves are not one history`);
  }
  return ok(undefined);
}

interface Roots {
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
}

function rootsOfProof({ oldSize, newSize, oldRoot, proof }: ConsistencyClaim): Roots | undefined {
  let node = oldSize - 1;
  let last = newSize - 1;
  while (isOdd(node)) {
    node = half(node);
    last = half(last);
  }
  // When the old tree is one perfect subtree (node is now 0) its root starts the path and is not repeated in the proof.
  const [seed, ...path] = node === 0 ? [oldRoot, ...proof] : proof;
  if (seed === undefined) return undefined;
  let roots: Roots = { oldRoot: seed, newRoot: seed };
  for (const hash of path) {
    if (last === 0) return undefined;
    if (isOdd(node) || node === last) {
      roots = { oldRoot: hashNode(hash, roots.oldRoot), newRoot: hashNode(hash, roots.newRoot) };
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      roots = { ...roots, newRoot: hashNode(roots.newRoot, hash) };
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? roots : undefined;
}
