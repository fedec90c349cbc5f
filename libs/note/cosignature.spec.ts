import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { must } from '../kernel/index.js';
import { cosignatureTime, formatCosignerKey, openNote, parseCosignatureKey, parseCosignerKey, parseNote, parseVerifierKey, signNote } from './index.js';
import { cosignatureVerifier, cosigner } from './cosignature.js';
import { parseSignerKey } from './note-keys.js';
import { oracleWitness } from '../../test/vectors/tlog/cosignature-oracle.js';
import { expectNoFlippedBitIsBelieved, strictText } from '../../test/vectors/tlog/flipped-bits.js';
import { readVectors } from '../../test/vectors/tlog/oracle.js';

interface Published {
  note: string;
  logKey: string;
  witnessKeys: string[];
  time: number;
  exampleCosignature: string;
  exampleTime: number;
}

const published = readVectors('cosigned-checkpoint.json') as Published;
const NAME = 'witness.example/w1';
const seed = new Uint8Array(32).fill(7);
const own = must(parseCosignerKey(formatCosignerKey(NAME, seed)));
const own04 = must(parseCosignatureKey(own.verifierKey));
const TEXT = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const code = (result: { ok: boolean; error?: { code: string } }): string => (result.ok ? 'ok' : (result.error?.code ?? ''));

describe('cosignatures', () => {
  it.each(published.witnessKeys)('of a public witness hold: %s', (key) => {
    const verifier = must(parseCosignatureKey(key));
    const opened = must(openNote(published.note, [verifier]));
    expect(opened.signers).toEqual([verifier]);
    expect(opened.verified.map(({ signature }) => cosignatureTime(signature))).toEqual([published.time]);
    expect(code(openNote(published.note.replace('1432088532', '1432088533'), [verifier]))).toBe('bad-signature');
  });

  it('carry the time of the published example', () => {
    expect(cosignatureTime(Buffer.from(published.exampleCosignature, 'base64').subarray(4))).toBe(published.exampleTime);
  });

  it('and their keys are those of an implementation written apart', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 0, max: 2 ** 50 }), (random, seconds) => {
        const oracle = oracleWitness(NAME, random);
        const witness = must(parseCosignerKey(formatCosignerKey(NAME, random)));
        expect(witness.verifierKey).toBe(oracle.verifierKey);
        expect(must(signNote(TEXT, [witness.at(seconds)]))).toBe(`${TEXT}\n${oracle.cosign(TEXT, seconds)}`);
      }),
    );
  });

  it('are over the extension lines too', () => {
    const note = must(signNote(`${TEXT}extension 1\n`, [own.at(1)]));
    expect(openNote(note, [own04]).ok).toBe(true);
    expect(code(openNote(note.replace('extension 1', 'extension 2'), [own04]))).toBe('bad-signature');
  });

  it('hold for their own time alone', () => {
    const { signatures } = must(parseNote(must(signNote(TEXT, [own.at(1_679_315_147)]))));
    const signature = signatures[0]?.signature ?? new Uint8Array();
    const verifies = (bytes: Uint8Array): boolean => own04.verify(Buffer.from(TEXT), bytes);
    expect(verifies(signature)).toBe(true);
    expect(verifies(signature.map((byte, at) => (at === 7 ? byte + 1 : byte)))).toBe(false);
    expect(verifies(signature.subarray(8))).toBe(false);
    // Beyond 2^53 a number would be rounded, and the message with it.
    expect(cosignatureTime(signature.map((byte, at) => (at === 0 ? 0x7f : byte)))).toBeUndefined();
    expect(cosignatureTime(new Uint8Array(71))).toBeUndefined();
  });

  it('are not made for a time that is none', () => {
    for (const seconds of [-1, 1.5, Number.NaN, 2 ** 53]) expect(() => own.at(seconds)).toThrow(RangeError);
  });
});

describe('keys of witnesses', () => {
  it("and keys of logs are not taken for each other's", () => {
    expect(code(parseVerifierKey(own.verifierKey))).toBe('malformed-key');
    expect(code(parseCosignatureKey(published.logKey))).toBe('malformed-key');
    expect(code(parseSignerKey(formatCosignerKey(NAME, seed)))).toBe('malformed-key');
    const { signerKey } = readVectors('signed-note-go.json') as { signerKey: string };
    expect(code(parseCosignerKey(signerKey))).toBe('malformed-key');
  });

  it('are refused with an impossible name, of another length or of another kind', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(code(cosigner(NAME, privateKey))).toBe('malformed-key');
    expect(code(cosignatureVerifier('a b', new Uint8Array(32)))).toBe('malformed-key');
    expect(code(cosignatureVerifier(NAME, new Uint8Array(31)))).toBe('malformed-key');
    expect(code(parseCosignerKey(own.verifierKey))).toBe('malformed-key');
    for (const key of ['', 'PRIVATE+KEY+', formatCosignerKey('a b', seed)]) expect(code(parseCosignerKey(key))).toBe('malformed-key');
  });

  it('print as they are read, and no turned bit is another key of the same id', () => {
    for (const [key, parse] of [
      [own.verifierKey, (text: string) => parseCosignatureKey(text).ok],
      [formatCosignerKey(NAME, seed), (text: string) => parseCosignerKey(text).ok],
      [published.logKey, (text: string) => parseVerifierKey(text).ok],
    ] as const) {
      const parsed = (bytes: Uint8Array): string | undefined => {
        const text = strictText(bytes);
        return text !== undefined && parse(text) ? text : undefined;
      };
      expectNoFlippedBitIsBelieved(key, parsed, (bytes) => parsed(bytes) === key);
    }
  });
});

describe('a signed note', () => {
  it('with one bit turned is no note, or one that prints as itself and nobody believes', () => {
    expectNoFlippedBitIsBelieved(
      must(signNote(`${TEXT}extension é\n`, [own.at(1)])),
      (bytes) => {
        const text = strictText(bytes);
        return text !== undefined && parseNote(text).ok ? text : undefined;
      },
      (bytes) => openNote(Buffer.from(bytes).toString('utf8'), [own04]).ok,
    );
  });
});
