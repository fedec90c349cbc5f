import { readFileSync } from 'node:fs';
import { EMPTY_ROOT, hashLeaf, type NodeReader } from '../../../libs/tlog/index.js';
import { hashNode } from '../../../libs/tlog/hashing.js';

/** A published vector file of this folder, parsed. */
export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

/** The Merkle tree hash as RFC 6962 section 2.1 words it, written apart from the library as its oracle. */
export function oracleRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  const [first] = leafHashes;
  if (first === undefined) return EMPTY_ROOT;
  if (leafHashes.length === 1) return first;
  const k = 2 ** Math.floor(Math.log2(leafHashes.length - 1));
  return hashNode(oracleRoot(leafHashes.slice(0, k)), oracleRoot(leafHashes.slice(k)));
}

/** Leaf hashes of `count` different leaves. */
export function leafHashes(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, at) => hashLeaf(Buffer.from(`leaf ${at}`)));
}

/** A node reader over leaf hashes that hashes each node once. */
export function memoryReader(leaves: readonly Uint8Array[]): NodeReader {
  const levels: Uint8Array[][] = [[...leaves]];
  for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? []) {
    const above: Uint8Array[] = [];
    for (let at = 0; at + 1 < below.length; at += 2) {
      above.push(hashNode(below[at] ?? EMPTY_ROOT, below[at + 1] ?? EMPTY_ROOT));
    }
    levels.push(above);
  }
  return {
    readNodes: (addresses) =>
      Promise.resolve(
        addresses.map(({ level, index }) => {
          const hash = levels[level]?.[index];
          if (hash === undefined) throw new Error(`No node ${level}/${index}`);
          return hash;
        }),
      ),
  };
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** The same hash with one bit of it turned over. */
export function flipped(hash: Uint8Array, bit = 0): Uint8Array {
  return hash.map((byte, at) => (at === Math.floor(bit / 8) ? byte ^ (1 << bit % 8) : byte));
}
