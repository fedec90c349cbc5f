import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { must } from '../kernel/index.js';
import { ed25519PublicBytes, ed25519Signer, ed25519Verifier, formatNote, formatVerifierKey, openNote, parseNote, parseVerifierKey, signNote } from './index.js';
import { parseSignerKey } from './note-keys.js';
import { readVectors } from '../../test/vectors/tlog/oracle.js';

interface GoVectors {
  verifierKey: string;
  signerKey: string;
  otherVerifierKey: string;
  badVerifierKeys: string[];
  text: string;
  signature: string;
  otherSignature: string;
}

const go = readVectors('signed-note-go.json') as GoVectors;
const c2sp = readVectors('c2sp-examples.json') as { note: string };
const peter = must(parseVerifierKey(go.verifierKey));
const enoch = must(parseVerifierKey(go.otherVerifierKey));
const signer = must(parseSignerKey(go.signerKey));
const note = `${go.text}\n${go.signature}`;
const code = (result: { ok: boolean; error?: { code: string } }): string => (result.ok ? 'ok' : (result.error?.code ?? ''));

describe('note keys', () => {
  it('reads the published keys and prints the verifier key again', () => {
    expect([peter.name, peter.keyId]).toEqual(['PeterNeumann', 0xc74f20a3]);
    expect(signer.keyId).toBe(peter.keyId);
    const material = Buffer.from(go.verifierKey.split('+').slice(2).join('+'), 'base64').subarray(1);
    expect(formatVerifierKey('PeterNeumann', material)).toBe(go.verifierKey);
  });

  it('refuses every other stretch and every altered letter of them', () => {
    for (const [key, parse] of [[go.verifierKey, parseVerifierKey], [go.signerKey, parseSignerKey]] as const) {
      for (let from = 0; from < key.length; from += 1) {
        for (let to = from + 1; to <= key.length; to += 1) {
          if (from !== 0 || to !== key.length) expect(parse(key.slice(from, to)).ok).toBe(false);
        }
        const altered = key.slice(0, from) + String.fromCharCode(key.charCodeAt(from) + 1) + key.slice(from + 1);
        expect(parse(altered).ok).toBe(false);
      }
    }
  });

  it.each(go.badVerifierKeys)('refuses %s', (key) => {
    expect(code(parseVerifierKey(key))).toBe('malformed-key');
  });

  it('refuses names that a line could not carry and keys of another kind', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(code(ed25519Signer('log', privateKey))).toBe('malformed-key');
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u0085b', 'a\nb', '\ud800']) {
      expect(code(ed25519Verifier(name, new Uint8Array(32)))).toBe('malformed-key');
    }
    expect(code(ed25519Verifier('log', new Uint8Array(31)))).toBe('malformed-key');
    expect(() => ed25519PublicBytes(privateKey)).toThrow(TypeError);
    expect(code(ed25519Signer('log', generateKeyPairSync('ed25519').publicKey))).toBe('malformed-key');
  });
});

describe('signed notes', () => {
  it('signs the published text to the published note', () => {
    expect(must(signNote(go.text, [signer]))).toBe(note);
  });

  it('opens it, tells verified from unknown lines, and counts a repeated line once', () => {
    const one = must(openNote(note + go.otherSignature, [peter]));
    expect([one.text, one.signers, one.unknown.length]).toEqual([go.text, [peter], 1]);
    const both = must(openNote(note + go.otherSignature + go.signature, [peter, enoch]));
    expect([both.signers, both.unknown]).toEqual([[peter, enoch], []]);
  });

  it('believes a line only under the very name and the very id of a trusted key', () => {
    const [name = '', encoded = ''] = go.signature.trimEnd().split(' ').slice(1);
    const otherId = Buffer.from(encoded, 'base64');
    otherId[0] = (otherId[0] ?? 0) ^ 1;
    for (const line of [`\u2014 Somebody ${encoded}\n`, `\u2014 ${name} ${otherId.toString('base64')}\n`]) {
      expect(code(openNote(`${go.text}\n${line}`, [peter]))).toBe('unknown-key');
    }
    expect(code(parseNote(`${go.text}\n\u2014 a+b ${encoded}\n`))).toBe('malformed-note');
  });

  it('signs no text that would be read back as less than was signed', () => {
    expect(code(signNote(`${go.text}\n${go.signature.trimEnd()}`, [signer]))).toBe('malformed-note');
  });

  it('refuses a note that no trusted key signed, that a trusted key did not sign, or whose keys are two', () => {
    expect(code(openNote(note, []))).toBe('unknown-key');
    expect(code(openNote(note, [enoch]))).toBe('unknown-key');
    expect(code(openNote(note.replace('problem is', 'problem was'), [peter]))).toBe('bad-signature');
    expect(code(openNote(note.replace('x08go/ZJ', 'x08go/ZK'), [peter]))).toBe('bad-signature');
    expect(code(openNote(note + go.signature.replace('x08go/ZJ', 'x08go/ZK'), [peter]))).toBe('bad-signature');
    expect(code(openNote(note, [peter, peter]))).toBe('ambiguous-key');
  });

  const { text, signature } = go;
  const malformed: Record<string, string> = {
    'without a signature': text,
    'with a blank line and no signature': `${text}\n`,
    'without the last newline': `${text}\n${signature.slice(0, -1)}`,
    'with a control character': `\u0001${text}\n${signature}`,
    'with a carriage return': note.replaceAll('\n', '\r\n'),
    'with a lone surrogate': `\ud800${note}`,
    'with a space in the key name': `${text}\n${signature.replace('PeterNeumann', 'Bad Name')}`,
    'with a line that is no signature': `${note}Unexpected line.\n`,
    'with too many signatures': `${text}\n${signature.repeat(101)}`,
    'with base64 without padding': note.replace('=\n', '\n'),
    'with stray bits in the last letter': note.replace('M=\n', 'N=\n'),
    'with two spaces': note.replace('PeterNeumann ', 'PeterNeumann  '),
    'with a hyphen for the dash': note.replace('\u2014', '-'),
    'with a signature of a key id alone': `${text}\n\u2014 PeterNeumann x08gow==\n`,
    'beyond the longest': `${'a'.repeat(1_048_577)}\n\n${signature}`,
  };
  it.each(Object.entries(malformed))('refuses a note %s', (_, bad) => {
    expect(code(openNote(bad, [peter]))).toBe('malformed-note');
  });

  it('reads the example of the specification, blank line in the text included', () => {
    const parsed = must(parseNote(c2sp.note));
    expect(parsed.text.endsWith('\ned è subito sera.\n')).toBe(true);
    expect(parsed.signatures.map(({ name }) => name)).toEqual(['quasimodo.example/salvatore']);
    expect(formatNote(parsed)).toBe(c2sp.note);
  });

  it('refuses to sign what would not be read back', () => {
    expect(code(signNote('no newline', [signer]))).toBe('malformed-note');
    expect(code(signNote('tab\there\n', [signer]))).toBe('malformed-note');
    expect(code(signNote(text, []))).toBe('malformed-note');
  });

  it('parses only what prints as itself, whatever it is given', () => {
    const piece = fc.constantFrom('a', '\n', '\n\n', '\u2014 ', ' ', '=', 'PeterNeumann', signature, text, '\u00e9');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const given = pieces.join('');
        const parsed = parseNote(given);
        if (parsed.ok) expect(formatNote(parsed.value)).toBe(given);
      }),
      { numRuns: 500 },
    );
  });
});
