import { EMPTY_ROOT, hashNode } from './hashing.js';
import { perfectSubtrees, type LeafRange, type NodeAddress } from './tree-shape.js';

/**
 * Where proofs get the hashes of a stored tree. Only perfect subtrees are ever asked for, level 0 being leaf hashes,
 * so an append-only store can hold each hash once and never change it.
 */
export interface NodeReader {
  /**
   * The hashes at `addresses`, in the same order.
   *
   * @throws Error when the store lacks one: a tree that says it has the size must have the nodes.
   */
  readNodes(addresses: readonly NodeAddress[]): Promise<readonly Uint8Array[]>;
}

/** The hash of a whole tree from the hashes of its perfect subtrees, left to right (RFC 6962 section 2.1). */
export function foldSubtrees(hashes: readonly Uint8Array[]): Uint8Array {
  const last = hashes.at(-1);
  if (last === undefined) return EMPTY_ROOT;
  return hashes.slice(0, -1).reduceRight((right, left) => hashNode(left, right), last);
}

/** The Merkle tree hash of each range, read in one request whatever their number. */
export async function hashRanges(reader: NodeReader, ranges: readonly LeafRange[]): Promise<readonly Uint8Array[]> {
  const subtrees = ranges.map(perfectSubtrees);
  const hashes = await reader.readNodes(subtrees.flat());
  let at = 0;
  return subtrees.map((nodes) => {
    const own = hashes.slice(at, at + nodes.length);
    if (own.length !== nodes.length) throw new Error('The node reader answered with fewer hashes than were asked for');
    at += nodes.length;
    return foldSubtrees(own);
  });
}

/** The root of the first `size` leaves of the stored tree. */
export async function readRoot(reader: NodeReader, size: number): Promise<Uint8Array> {
  const [root] = await hashRanges(reader, [{ begin: 0, end: size }]);
  return root ?? EMPTY_ROOT;
}
