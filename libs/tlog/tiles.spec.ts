import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { must } from '../kernel/index.js';
import { ed25519PublicBytes, ed25519Signer, ed25519Verifier } from '../note/index.js';
import { formatProofFile, makeInclusionProof, readRoot, signCheckpoint, verifyProofFile } from './index.js';
import { parseProofFile } from './proof-file.js';
import { decodeTile, encodeTile, formatTilePath, parseTilePath, tileNodeReader, tilesOfTree } from './tiles.js';
import { flipped, hex, leafHashes, memoryReader, oracleRoot, readVectors } from '../../test/vectors/tlog/oracle.js';

interface TileCounts {
  size: number;
  full: Record<string, number>;
  partial: Record<string, number>;
}
interface Vectors {
  tilePaths: { path: string; level: number; index: number; width: number }[];
  tilesOf70000: TileCounts;
  tilesOf256: TileCounts;
}
const vectors = readVectors('c2sp-examples.json') as Vectors;

describe('tile paths', () => {
  it.each(vectors.tilePaths)('reads and prints $path', ({ path, ...address }) => {
    expect(must(parseTilePath(path))).toEqual(address);
    expect(formatTilePath(address)).toBe(path);
  });

  it.each(['tile/0/1', 'tile/0/0001', 'tile/00/001', 'tile/64/001', 'tile/0/000/001', 'tile/0/x000/001', 'tile/0/001.p/0',
    'tile/0/001.p/256', 'tile/0/001.p/08', 'tile/0/001/', '/tile/0/001', 'tile/0/001\n', 'tile/0/x001', 'tile/-1/001',
    'tile/entries/..%2f', 'tile/0/x999/x999/x999/x999/x999/999'])('refuses %j', (path) => {
    expect(parseTilePath(path)).toMatchObject({ ok: false, error: { code: 'malformed-path' } });
  });

  it('reads back every path it prints, of bundles too', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const));
    const index = fc.integer({ min: 0, max: 1e15 });
    fc.assert(
      fc.property(level, index, fc.integer({ min: 1, max: 256 }), (l, i, width) => {
        const address = l === 'entries' ? { level: l, index: i, width } : { level: l, index: i, width };
        expect(must(parseTilePath(formatTilePath(address)))).toEqual(address);
      }),
    );
  });
});

describe('tiles of a tree', () => {
  it.each([vectors.tilesOf70000, vectors.tilesOf256])('are those of the specification for $size leaves', (expected) => {
    const tiles = tilesOfTree(expected.size);
    const levels = Object.keys(expected.full).map(Number);
    for (const level of levels) {
      const own = tiles.filter((tile) => tile.level === level);
      expect(own.filter(({ width }) => width === 256)).toHaveLength(expected.full[level] ?? 0);
      const partial = own.filter(({ width }) => width < 256).map(({ width }) => width);
      expect(partial).toEqual(expected.partial[level] === undefined ? [] : [expected.partial[level]]);
    }
    expect(tiles.every(({ level }) => levels.includes(level))).toBe(true);
  });

  it('are, from one size to the next, only those that changed', () => {
    expect(tilesOfTree(300, 256)).toEqual([{ level: 0, index: 1, width: 44 }]);
    expect(tilesOfTree(512, 300)).toEqual([{ level: 0, index: 1, width: 256 }, { level: 1, index: 0, width: 2 }]);
  });

  it('hold every node that proofs need, read through their bytes', async () => {
    const leaves = leafHashes(1000);
    const memory = memoryReader(leaves);
    const reader = tileNodeReader(1000, async ({ level, index, width }) => {
      const addresses = Array.from({ length: width }, (_, at) => ({ level: level * 8, index: index * 256 + at }));
      return must(decodeTile(encodeTile(await memory.readNodes(addresses)), width));
    });
    expect(hex(await readRoot(reader, 1000))).toBe(hex(oracleRoot(leaves)));
    for (const index of [0, 255, 256, 700, 999]) {
      expect(await makeInclusionProof(reader, index, 1000)).toEqual(await makeInclusionProof(memory, index, 1000));
    }
    for (const [bytes, width] of [[33, 1], [0, 0], [257 * 32, 257]] as const) {
      expect(decodeTile(new Uint8Array(bytes), width)).toMatchObject({ ok: false, error: { code: 'malformed-tile' } });
    }
  });
});

describe('proof files', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const origin = 'concordat.example/ledger';
  const trusted = [must(ed25519Verifier(origin, ed25519PublicBytes(privateKey)))];
  const leaves = leafHashes(13);
  const leafHash = leaves[5] ?? new Uint8Array();

  async function proofOf(index: number): Promise<string> {
    const head = { origin, size: 13, root: oracleRoot(leaves), extensions: [] };
    const checkpoint = must(signCheckpoint(head, [must(ed25519Signer(origin, privateKey))]));
    const path = must(await makeInclusionProof(memoryReader(leaves), index, 13));
    return formatProofFile({ index, path, checkpoint });
  }

  it('show a leaf to be in the log to whoever trusts its key', async () => {
    expect(must(verifyProofFile(await proofOf(5), leafHash, origin, trusted)).size).toBe(13);
  });

  it('carry extra bytes that nothing vouches for', async () => {
    const proof = { ...must(parseProofFile(await proofOf(5))), extra: Uint8Array.of(1, 2, 3) };
    const text = formatProofFile(proof);
    expect(text.split('\n')[1]).toBe('extra AQID');
    expect(must(parseProofFile(text))).toEqual(proof);
  });

  it('show nothing about another leaf, index, log or key', async () => {
    const text = await proofOf(5);
    expect(verifyProofFile(text, flipped(leafHash), origin, trusted).ok).toBe(false);
    expect(verifyProofFile(text.replace('index 5', 'index 4'), leafHash, origin, trusted).ok).toBe(false);
    expect(verifyProofFile(text, leafHash, 'another.example', trusted).ok).toBe(false);
    expect(verifyProofFile(text, leafHash, origin, []).ok).toBe(false);
  });

  it.each([
    ['another header', (text: string) => text.replace('@v1', '@v2')],
    ['a leading zero', (text: string) => text.replace('index 5', 'index 05')],
    ['no index', (text: string) => text.replace('index 5\n', '')],
    ['the bare number', (text: string) => text.replace('index 5', '5')],
    ['a short hash', (text: string) => text.replace(/\n[A-Za-z0-9+/]{43}=\n/, '\nAAAA\n')],
    ['no checkpoint', (text: string) => text.slice(0, text.indexOf('\n\n') + 2)],
    ['bad extra bytes', (text: string) => text.replace('index 5', 'extra A\nindex 5')],
    ['carriage returns', (text: string) => text.replaceAll('\n', '\r\n')],
    ['too long a path', (text: string) => text.replace('index 5\n', `index 5\n${`${'A'.repeat(43)}=\n`.repeat(60)}`)],
  ])('are refused with %s', async (_, spoil) => {
    expect(parseProofFile(spoil(await proofOf(5))).ok).toBe(false);
  });
});
