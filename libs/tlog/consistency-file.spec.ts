import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { must } from '../kernel/index.js';
import { formatConsistencyFile, parseConsistencyFile, verifyConsistencyFile } from './consistency-file.js';
import { verifyConsistency } from './consistency.js';
import { ed25519PublicBytes, ed25519Signer, ed25519Verifier } from '../note/index.js';
import { CompactRange, hashLeaf, makeConsistencyProof, sameHash, signCheckpoint, type NodeReader } from './index.js';

const ORIGIN = 'test.example/log';
const { privateKey } = generateKeyPairSync('ed25519');
const trusted = [must(ed25519Verifier(ORIGIN, ed25519PublicBytes(privateKey)))];
const signer = must(ed25519Signer(ORIGIN, privateKey));

/** A tree of `size` leaves, with what a store would hold of it. */
function grow(size: number): { root: Uint8Array; reader: NodeReader } {
  const range = CompactRange.empty();
  const nodes = new Map<string, Uint8Array>();
  for (let at = 0; at < size; at += 1) {
    for (const { level, index, hash } of range.append(hashLeaf(Buffer.from(`leaf ${at}`)))) nodes.set(`${level}/${index}`, hash);
  }
  return { root: range.root(), reader: { readNodes: (wanted) => Promise.resolve(wanted.map(({ level, index }) => nodes.get(`${level}/${index}`) ?? new Uint8Array())) } };
}

const now = grow(13);
const checkpointOf = (root: Uint8Array, origin = ORIGIN): string => must(signCheckpoint({ origin, size: 13, root, extensions: [] }, [signer]));
const checkpoint = checkpointOf(now.root);
const fileFrom = async (oldSize: number): Promise<string> =>
  formatConsistencyFile({ oldSize, proof: must(await makeConsistencyProof(now.reader, oldSize, 13)), checkpoint });
const codeOf = (text: string, size: number, root = grow(size).root): string => {
  const verified = verifyConsistencyFile(text, { size, root }, ORIGIN, trusted);
  return verified.ok ? 'holds' : verified.error.code;
};

describe('a consistency proof that travels', () => {
  it('holds from every size to whoever knows the root of it, and to nobody who knows another', async () => {
    for (let size = 0; size <= 13; size += 1) {
      const text = await fileFrom(size);
      expect(formatConsistencyFile(must(parseConsistencyFile(text)))).toBe(text);
      expect(codeOf(text, size)).toBe('holds');
      expect(codeOf(text, size, hashLeaf(Buffer.from('another')))).toBe('root-mismatch');
    }
  });

  it('is of no use for another size, under another signature or for another log', async () => {
    const text = await fileFrom(7);
    expect(codeOf(text, 6)).toBe('out-of-range');
    expect(codeOf(text.replace('old 7', 'old 6'), 6)).toMatch(/wrong-proof-length|root-mismatch/);
    expect(codeOf(text.replace('\n13\n', '\n14\n'), 7)).toBe('bad-signature');
    expect(codeOf(text.replace(checkpoint, checkpointOf(now.root, 'other.example/log')), 7)).toBe('wrong-origin');
    expect(codeOf(text.replace(checkpoint, checkpointOf(grow(12).root)), 7)).toBe('root-mismatch');
  });

  it.each<[string, (text: string) => string]>([
    ['nothing', () => ''],
    ['no empty line', (text) => text.replace('\n\n', '\n')],
    ['no size', (text) => text.replace('old 7\n', '')],
    ['a size with a leading zero', (text) => text.replace('old 7', 'old 07')],
    ['a size that is not exact', (text) => text.replace('old 7', 'old 9007199254740993')],
    ['another word before the size', (text) => text.replace('old 7', '7')],
    ['a hash of 31 bytes', (text) => text.replace('old 7\n', `old 7\n${Buffer.alloc(31).toString('base64')}\n`)],
    ['a hash without its padding', (text) => text.replace('=\n', '\n')],
    ['line ends of another system', (text) => text.replace('old 7\n', 'old 7\r\n')],
    ['more hashes than any proof has', (text) => text.replace('old 7\n', `old 7\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`)],
    ['no end', (text) => text + 'x'.repeat(1_100_000)],
    ['a checkpoint without a signature', (text) => text.slice(0, text.lastIndexOf('\n\n') + 1)],
  ])('is refused with %s', async (_, spoil) => {
    expect(codeOf(spoil(await fileFrom(7)), 7)).toMatch(/^malformed-/);
  });

  it('is judged by hashes of one length only: nothing is not the beginning of a hash', () => {
    const root = now.root;
    for (const bad of [{ proof: [new Uint8Array(31)] }, { oldRoot: new Uint8Array(0) }, { newRoot: new Uint8Array(33) }]) {
      expect(verifyConsistency({ oldSize: 7, newSize: 13, oldRoot: root, newRoot: root, proof: [], ...bad })).toMatchObject({ ok: false, error: { code: 'malformed-proof' } });
    }
    expect([sameHash(new Uint8Array(0), root), sameHash(root.subarray(0, 31), root), sameHash(root, root.slice())]).toEqual([false, false, true]);
  });
});
