import { createHash, hash } from 'node:crypto';

/** Bytes in every hash of the tree (SHA-256). */
export const HASH_BYTES = 32;

const LEAF_PREFIX = 0;
const NODE_PREFIX = 1;

/** The root of a tree without leaves (RFC 6962 section 2.1): the SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = new Uint8Array(createHash('sha256').digest());

/**
 * The hash of one leaf (RFC 6962 section 2.1): SHA-256 over 0x00 and the leaf's bytes, given in one or more parts.
 * The prefix differs from a node's so that nobody can present a node as a leaf.
 */
export function hashLeaf(...parts: readonly Uint8Array[]): Uint8Array {
  return hashAfter(LEAF_PREFIX, parts);
}

/** The hash of an inner node over its two children (RFC 6962 section 2.1): SHA-256 over 0x01, left and right. */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hashAfter(NODE_PREFIX, [left, right]);
}

/** Whether two hashes are the same bytes. Hashes of a log are public, so the time this takes is no secret. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Where what is hashed is laid in one piece. A tree is millions of hashes, and one call costs half of what a hash object does. */
const laid = Buffer.alloc(8_192);

function hashAfter(prefix: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 1);
  const octets = length <= laid.length ? laid : Buffer.alloc(length);
  octets[0] = prefix;
  let end = 1;
  for (const part of parts) {
    octets.set(part, end);
    end += part.length;
  }
  // As text of one letter a byte: the call that answers bytes takes memory outside the heap for each.
  return new Uint8Array(Buffer.from(hash('sha256', octets.subarray(0, end), 'binary'), 'latin1'));
}
