import { createHash } from 'node:crypto';

/** Bytes in every hash of the tree (SHA-256). */
export const HASH_BYTES = 32;

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** The root of a tree without leaves (RFC 6962 section 2.1): the SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = new Uint8Array(createHash('sha256').digest());

/**
 * The hash of one leaf (RFC 6962 section 2.1): SHA-256 over 0x00 and the leaf's bytes, given in one or more parts.
 * The prefix differs from a node's so that nobody can present a node as a leaf.
 */
export function hashLeaf(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256').update(LEAF_PREFIX);
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** The hash of an inner node over its two children (RFC 6962 section 2.1): SHA-256 over 0x01, left and right. */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest());
}

/** Whether two hashes are the same bytes. Hashes of a log are public, so the time this takes is no secret. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
