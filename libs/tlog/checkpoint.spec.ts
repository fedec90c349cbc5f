import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { must } from '../kernel/index.js';
import { ed25519PublicBytes, ed25519Signer, ed25519Verifier, parseNote, parseVerifierKey } from '../note/index.js';
import { openCheckpoint, signCheckpoint } from './index.js';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.js';
import { readVectors } from '../../test/vectors/tlog/oracle.js';

const c2sp = readVectors('c2sp-examples.json') as { checkpoint: string };
const peter = must(parseVerifierKey((readVectors('signed-note-go.json') as { verifierKey: string }).verifierKey));
const code = (result: { ok: boolean; error?: { code: string } }): string => (result.ok ? 'ok' : (result.error?.code ?? ''));

describe('checkpoints', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const origin = 'concordat.example/ledger';
  const key = must(ed25519Signer(origin, privateKey));
  const trusted = [must(ed25519Verifier(origin, ed25519PublicBytes(privateKey)))];
  const checkpoint = { origin, size: 7, root: new Uint8Array(32).fill(9), extensions: [] };
  const signed = must(signCheckpoint(checkpoint, [key]));

  it('reads the example of the specification and prints it again', () => {
    const { text } = must(parseNote(c2sp.checkpoint));
    const parsed = must(parseCheckpoint(text));
    expect([parsed.origin, parsed.size]).toEqual(['example.com/behind-the-sofa', 20852163]);
    expect(formatCheckpoint(parsed)).toBe(text);
  });

  it('opens what it signed', () => {
    expect(must(openCheckpoint(signed, origin, trusted))).toMatchObject(checkpoint);
  });

  it("refuses another log's checkpoint, an altered size and an unknown key", () => {
    expect(code(openCheckpoint(signed, 'concordat.example/other', trusted))).toBe('wrong-origin');
    expect(code(openCheckpoint(signed.replace('\n7\n', '\n8\n'), origin, trusted))).toBe('bad-signature');
    expect(code(openCheckpoint(signed, origin, [peter]))).toBe('unknown-key');
  });

  const root = Buffer.from(checkpoint.root).toString('base64');
  it.each([
    ['an empty origin', `\n7\n${root}\n`],
    ['a leading zero', `o\n07\n${root}\n`],
    ['a sign', `o\n+7\n${root}\n`],
    ['a size beyond 2^53', `o\n9007199254740993\n${root}\n`],
    ['a short root', `o\n7\nAAAA\n`],
    ['an empty extension line', `o\n7\n${root}\n\nx\n`],
    ['no last newline', `o\n7\n${root}`],
    ['two lines', 'o\n7\n'],
  ])('refuses %s', (_, text) => {
    expect(code(parseCheckpoint(text))).toBe('malformed-checkpoint');
  });

  it('refuses to sign what would not be read back', () => {
    for (const bad of [{ size: 1.5 }, { size: -1 }, { origin: 'a\nb' }, { root: new Uint8Array(31) }, { extensions: [''] }]) {
      expect(signCheckpoint({ ...checkpoint, ...bad }, [key]).ok).toBe(false);
    }
  });

  it('signs none that would be read back as another', () => {
    for (const bad of [{ origin: `${origin}\n7\n${root}` }, { extensions: ['one\ntwo'] }]) {
      expect(code(signCheckpoint({ ...checkpoint, ...bad }, [key]))).toBe('malformed-checkpoint');
    }
  });

  it('has one spelling of its root', () => {
    expect(code(parseCheckpoint(`o\n3\n${root}\n`))).toBe('ok');
    for (const other of [root.replace(/k=$/, 'l='), root.slice(0, -1), `${root} `]) expect(code(parseCheckpoint(`o\n3\n${other}\n`))).toBe('malformed-checkpoint');
  });
});
