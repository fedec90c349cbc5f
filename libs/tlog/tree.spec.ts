import { describe, expect, it, jest } from '@jest/globals';
import { must } from '../kernel/index.js';
import {
  CompactRange,
  EMPTY_ROOT,
  hashLeaf,
  makeConsistencyProof,
  makeInclusionProof,
  readRoot,
} from './index.js';
import { verifyConsistency } from './consistency.js';
import { verifyInclusion } from './inclusion.js';
import { flipped, hex, leafHashes, memoryReader, oracleRoot, readVectors, unhex } from '../../test/vectors/tlog/oracle.js';

interface Vectors {
  emptyRoot: string;
  leaves: string[];
  roots: string[];
  inclusion: { index: number; size: number; proof: string[] }[];
  consistency: { oldSize: number; newSize: number; proof: string[] }[];
}

// Half a million hashes, on a machine that may be doing something else.
jest.setTimeout(120_000);

const LIMIT = 256;
const MUTATION_LIMIT = 64;

describe('the RFC 6962 reference tree', () => {
  const vectors = readVectors('rfc6962-reference-tree.json') as Vectors;
  const leaves = vectors.leaves.map((leaf) => hashLeaf(unhex(leaf)));
  const reader = memoryReader(leaves);
  const root = (size: number): Uint8Array => unhex(vectors.roots[size - 1] ?? '');

  it('has the published roots', async () => {
    expect(hex(EMPTY_ROOT)).toBe(vectors.emptyRoot);
    for (let size = 1; size <= leaves.length; size += 1) {
      expect(hex(await readRoot(reader, size))).toBe(vectors.roots[size - 1]);
    }
  });

  it.each(vectors.inclusion)('makes and verifies the published path of leaf $index of $size', async (vector) => {
    const { index, size } = vector;
    const proof = must(await makeInclusionProof(reader, index, size));
    expect(proof.map(hex)).toEqual(vector.proof);
    const leafHash = leaves[index] ?? EMPTY_ROOT;
    expect(verifyInclusion({ leafHash, index, size, root: root(size), proof })).toEqual({ ok: true });
  });

  it.each(vectors.consistency)('makes and verifies the published proof from $oldSize to $newSize', async (vector) => {
    const { oldSize, newSize } = vector;
    const proof = must(await makeConsistencyProof(reader, oldSize, newSize));
    expect(proof.map(hex)).toEqual(vector.proof);
    const claim = { oldSize, newSize, oldRoot: root(oldSize), newRoot: root(newSize), proof };
    expect(verifyConsistency(claim)).toEqual({ ok: true });
  });
});

describe(`every tree up to ${LIMIT} leaves`, () => {
  const leaves = leafHashes(LIMIT);
  const reader = memoryReader(leaves);
  const roots = Array.from({ length: LIMIT + 1 }, (_, size) => oracleRoot(leaves.slice(0, size)));
  const rootOf = (size: number): Uint8Array => roots[size] ?? EMPTY_ROOT;
  const leafOf = (index: number): Uint8Array => leaves[index] ?? EMPTY_ROOT;

  it('has one root, whether folded from stored nodes or grown leaf by leaf from any size', async () => {
    let range = CompactRange.empty();
    for (let size = 0; size <= LIMIT; size += 1) {
      expect(hex(await readRoot(reader, size))).toBe(hex(rootOf(size)));
      expect(hex(range.root())).toBe(hex(rootOf(size)));
      // Taken up again from stored nodes at every size, as the sequencer does after a restart.
      range = CompactRange.resume(size, await reader.readNodes(CompactRange.addressesFor(size)));
      if (size < LIMIT) range.append(leafOf(size));
    }
  });

  it('completes every perfect node exactly once', async () => {
    const range = CompactRange.empty();
    const completed = leaves.flatMap((leaf) => range.append(leaf));
    expect(completed).toHaveLength(2 * LIMIT - 1);
    const stored = await reader.readNodes(completed);
    expect(stored.map(hex)).toEqual(completed.map(({ hash }) => hex(hash)));
  });

  it('proves the inclusion of every leaf, and refuses every altered proof', async () => {
    for (let size = 1; size <= LIMIT; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = must(await makeInclusionProof(reader, index, size));
        const claim = { leafHash: leafOf(index), index, size, root: rootOf(size), proof };
        if (!verifyInclusion(claim).ok) throw new Error(`Leaf ${index} of ${size} was not proved`);
        const mutations = alteredProofs(proof, size).map((altered) => ({ ...claim, proof: altered }));
        if (size <= MUTATION_LIMIT) {
          mutations.push(
            { ...claim, leafHash: flipped(claim.leafHash, 255) },
            { ...claim, root: flipped(claim.root) },
            { ...claim, index: index ^ 1 },
          );
        }
        const accepted = mutations.filter((mutation) => verifyInclusion(mutation).ok);
        if (accepted.length > 0) throw new Error(`An altered proof of leaf ${index} of ${size} was accepted`);
      }
    }
  });

  it('proves that every tree is the beginning of every later one, and refuses every altered proof', async () => {
    for (let newSize = 1; newSize <= LIMIT; newSize += 1) {
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const proof = must(await makeConsistencyProof(reader, oldSize, newSize));
        const claim = { oldSize, newSize, oldRoot: rootOf(oldSize), newRoot: rootOf(newSize), proof };
        if (!verifyConsistency(claim).ok) throw new Error(`${oldSize} to ${newSize} was not proved`);
        const mutations = alteredProofs(proof, newSize).map((altered) => ({ ...claim, proof: altered }));
        if (newSize <= MUTATION_LIMIT) {
          mutations.push(
            { ...claim, oldRoot: flipped(claim.oldRoot, 100) },
            { ...claim, newRoot: flipped(claim.newRoot) },
            { ...claim, oldSize: oldSize - 1 },
            { ...claim, oldSize: oldSize + 1 },
          );
        }
        const accepted = mutations.filter((mutation) => verifyConsistency(mutation).ok);
        if (accepted.length > 0) throw new Error(`An altered proof from ${oldSize} to ${newSize} was accepted`);
      }
    }
  });

  it('proves the empty tree the beginning of any, with an empty proof and the empty root only', () => {
    const claim = { oldSize: 0, newSize: 5, oldRoot: EMPTY_ROOT, newRoot: rootOf(5), proof: [] };
    expect(verifyConsistency(claim).ok).toBe(true);
    expect(verifyConsistency({ ...claim, oldRoot: rootOf(1) }).ok).toBe(false);
    expect(verifyConsistency({ ...claim, proof: [rootOf(1)] }).ok).toBe(false);
  });

  it('refuses a proof that stops short of the root, even if what it reaches is given out as the root', async () => {
    const leafHash = leafOf(0);
    for (const size of [2, 3, 8, 200]) {
      const short = { leafHash, index: 0, size, root: leafHash, proof: [] };
      expect(verifyInclusion(short)).toMatchObject({ ok: false, error: { code: 'wrong-proof-length' } });
      const claim = { oldSize: 1, newSize: size, oldRoot: leafHash, newRoot: leafHash, proof: [] };
      expect(verifyConsistency(claim)).toMatchObject({ ok: false, error: { code: 'wrong-proof-length' } });
      const path = must(await makeInclusionProof(reader, 0, size));
      const long = { leafHash, index: 0, size, root: rootOf(size), proof: [...path, rootOf(size)] };
      expect(verifyInclusion(long)).toMatchObject({ ok: false, error: { code: 'wrong-proof-length' } });
    }
    expect(verifyConsistency({ oldSize: 3, newSize: 5, oldRoot: rootOf(3), newRoot: rootOf(5), proof: [] })).toMatchObject({
      ok: false,
      error: { code: 'wrong-proof-length' },
    });
  });

  it('refuses hashes of another length, and nodes given out as leaves', () => {
    const [one, other] = [leafOf(0), leafOf(1)];
    const claim = { leafHash: one, index: 0, size: 2, root: rootOf(2), proof: [other] };
    for (const bad of [{ leafHash: one.slice(1) }, { root: new Uint8Array(33) }, { proof: [new Uint8Array(31)] }]) {
      expect(verifyInclusion({ ...claim, ...bad })).toMatchObject({ ok: false, error: { code: 'malformed-proof' } });
    }
    // RFC 6962's prefixes: the hash of two leaves as data is not the hash of their node.
    expect(hex(hashLeaf(one, other))).not.toBe(hex(rootOf(2)));
    expect(verifyInclusion({ ...claim, leafHash: hashLeaf(one, other), index: 0, size: 1, proof: [] }).ok).toBe(false);
  });

  it('is not taken up from too few nodes, nor proved from a store with a hole', async () => {
    expect(() => CompactRange.resume(7, [leafOf(0)])).toThrow(RangeError);
    const holed = { readNodes: () => Promise.resolve([]) };
    await expect(readRoot(holed, 3)).rejects.toThrow('fewer hashes');
  });

  it('refuses indexes and sizes that cannot be', async () => {
    for (const [index, size] of [[0, 0], [1, 1], [-1, 4], [0.5, 4], [0, Number.NaN], [0, 2 ** 53]] as const) {
      expect(await makeInclusionProof(reader, index, size)).toMatchObject({ ok: false, error: { code: 'out-of-range' } });
      const claim = { leafHash: leafOf(0), index, size, root: rootOf(1), proof: [] };
      expect(verifyInclusion(claim)).toMatchObject({ ok: false, error: { code: 'out-of-range' } });
    }
    expect(await makeConsistencyProof(reader, 3, 2)).toMatchObject({ ok: false, error: { code: 'out-of-range' } });
  });
});

/** Proofs that differ from a good one in one thing; above `MUTATION_LIMIT` one flipped hash stands for all of them. */
function alteredProofs(proof: readonly Uint8Array[], size: number): (readonly Uint8Array[])[] {
  if (size > MUTATION_LIMIT) {
    const at = size % Math.max(1, proof.length);
    return proof.length === 0 ? [[EMPTY_ROOT]] : [proof.with(at, flipped(proof[at] ?? EMPTY_ROOT, size % 256))];
  }
  const flips = proof.flatMap((hash, at) => [proof.with(at, flipped(hash, 7)), proof.toSpliced(at, 1)]);
  const swaps = proof.slice(1).map((hash, at) => proof.with(at, hash).with(at + 1, proof[at] ?? EMPTY_ROOT));
  const longer = [[...proof, EMPTY_ROOT], [EMPTY_ROOT, ...proof], [...proof, ...proof.slice(-1), EMPTY_ROOT]];
  const short = proof.length > 0 ? [proof.with(0, (proof[0] ?? EMPTY_ROOT).slice(1)), []] : [];
  return [...flips, ...swaps, ...longer, ...short];
}
