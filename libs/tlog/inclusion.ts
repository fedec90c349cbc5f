import { ok, type Result } from '../kernel/index.js';
import { TlogErrorCode, refuse, type TlogError } from './errors.js';
import { HASH_BYTES, hashNode, sameHash } from './hashing.js';
import { hashRanges, type NodeReader } from './node-reader.js';
import { half, isOdd, isTreeSize, splitPoint, type LeafRange } from './tree-shape.js';

/** What is claimed: that `leafHash` is at `index` of the tree of `size` leaves whose root is `root`. */
export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
  /** From the leaf's sibling up to the root's child (RFC 6962 section 2.1.1). */
  readonly proof: readonly Uint8Array[];
}

/** The ranges whose hashes make the audit path PATH(index, D[size]) of RFC 6962 section 2.1.1, leaf's sibling first. */
function inclusionRanges(index: number, tree: LeafRange): readonly LeafRange[] {
  const size = tree.end - tree.begin;
  if (size <= 1) return [];
  const middle = tree.begin + splitPoint(size);
  const left = { begin: tree.begin, end: middle };
  const right = { begin: middle, end: tree.end };
  return index < middle ? [...inclusionRanges(index, left), right] : [...inclusionRanges(index, right), left];
}

/**
 * The proof that leaf `index` is in the tree of the first `size` leaves (RFC 6962 section 2.1.1).
 * Refused with `out-of-range` when there is no such leaf in a tree of that size.
 */
export async function makeInclusionProof(
  reader: NodeReader,
  index: number,
  size: number,
): Promise<Result<readonly Uint8Array[], TlogError>> {
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) {
    return refuse(TlogErrorCode.OutOfRange, `A tree of ${size} leaves has no leaf ${index}`);
  }
  return ok(await hashRanges(reader, inclusionRanges(index, { begin: 0, end: size })));
}

/**
 * Whether an inclusion claim holds (RFC 9162 section 2.1.3.2). Everything in the claim is attacker-controlled except,
 * when it comes from a checkpoint whose signature was checked, `size` and `root`.
 * Refused with `out-of-range`, `wrong-proof-length`, `malformed-proof` or `root-mismatch`.
 */
export function verifyInclusion(claim: InclusionClaim): Result<void, TlogError> {
  const { index, size, proof } = claim;
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) {
    return refuse(TlogErrorCode.OutOfRange, `A tree of ${size} leaves has no leaf ${index}`);
  }
  if ([claim.leafHash, claim.root, ...proof].some((hash) => hash.length !== HASH_BYTES)) {
    return refuse(TlogErrorCode.MalformedProof, 'Every hash of an inclusion proof is 32 bytes');
  }
  const root = rootOfPath(claim);
  if (root === undefined) {
    return refuse(TlogErrorCode.WrongProofLength, `Leaf ${index} of ${size} has a path of another length`);
  }
  if (!sameHash(root, claim.root)) {
    return refuse(TlogErrorCode.RootMismatch, `The path from leaf ${index} does not lead to the root`);
  }
  return ok(undefined);
}

/** The root that a path leads to, or undefined when the path is too long or too short for its leaf and size. */
function rootOfPath({ leafHash, index, size, proof }: InclusionClaim): Uint8Array | undefined {
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (isOdd(node) || node === last) {
      hash = hashNode(sibling, hash);
      // A right edge without a sibling is carried up unchanged until it has one.
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = hashNode(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? hash : undefined;
}
