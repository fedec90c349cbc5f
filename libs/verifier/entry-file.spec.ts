import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatEntryFile, parseEntryFile, type EntryFile } from './index.js';

/** What RFC 8785 says of a string, written apart from the product: a letter is as it is, or has its one escape. */
const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const spelt = (text: string): string => Array.from(text, (letter) => SHORT[letter] ?? (letter < ' ' ? `\\u00${letter.charCodeAt(0).toString(16).padStart(2, '0')}` : letter)).join('');
const fileOf = ({ salt, body }: EntryFile): string => `{"body":"${spelt(body)}","format":"concordat-entry@v1","salt":"${Buffer.from(salt).toString('base64')}"}\n`;

const salt = fc.uint8Array({ minLength: 16, maxLength: 16 });
/** Bodies, and parts of bodies that mean something in the file around them. */
const body = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom('"', '\\', '/', '\\/', '\\u0041', '\u0000', '\u001f', '\u007f', '\u2028', 'é', '\u{1f600}', '","format":"concordat-entry@v1","salt":"', '{"body":"', 'a')).map((parts) => parts.join('')),
);
const entry = fc.record({ salt, body });

/** Other spellings of a file of the same entry, or of nearly the same. */
const CHANGES: readonly ((file: string) => string)[] = [
  (file) => file.replace('a', '\\u0061'), (file) => file.replace('/', '\\/'), (file) => file.replace('\\"', '\\u0022'), (file) => file.replace('\\n', '\\u000a'),
  (file) => file.replace('\\u00', '\\U00'), (file) => file.replace('\\u001f', '\\u001F'), (file) => file.replace('{', '{ '), (file) => file.replace('":"', '": "'),
  (file) => file.slice(0, -1), (file) => `${file}\n`, (file) => file.replace('\n', '\r\n'), (file) => `\ufeff${file}`, (file) => file.replace('=="', '="'),
  (file) => file.replace(/.(?==="\}\n$)/, 'B'), (file) => file.replace('concordat-entry@v1', 'concordat-entry@v2'), (file) => file.replace('{', '{"body":"","'),
  (file) => file.replace('{"body":"', '{"body":"\\ud800'), (file) => file.replace('{"body":"', '{"body":"\ud800'), (file) => file.replace('{"body":"', '{"body":"\u0001'),
  (file) => file.replace('"}\n', '","a":1}\n'), (file) => file.replace('{"body":"', '{"body":'), (file) => file.replace('"salt"', '"body":"","salt"'),
];

describe('an entry file', () => {
  it('is printed in the one spelling of RFC 8785 and read back as what it was', () => {
    fc.assert(fc.property(entry, (given) => {
      expect(formatEntryFile(given)).toBe(fileOf(given));
      expect(parseEntryFile(fileOf(given))).toEqual({ ok: true, value: given });
    }), { numRuns: 500 });
  });

  it('is refused, and never a crash, in any spelling but the one: what is read prints as it was read', () => {
    fc.assert(fc.property(entry, fc.constantFrom(...CHANGES), (given, change) => {
      const text = change(fileOf(given));
      const read = parseEntryFile(text);
      expect({ text, accepted: read.ok }).toEqual({ text, accepted: read.ok && fileOf(read.value) === text });
      if (text !== fileOf(given)) expect(read.ok && read.value.body === given.body && Buffer.compare(read.value.salt, given.salt) === 0).toBe(false);
    }), { numRuns: 2_000 });
  });

  it('is refused with any letter of it exchanged, unless it says something else in its one spelling', () => {
    fc.assert(fc.property(entry, fc.nat(), fc.constantFrom('"', '\\', '/', 'u', ' ', '\n', '{', ',', 'x', '\ud83d'), (given, place, letter) => {
      const file = fileOf(given);
      const at = place % file.length;
      const text = file.slice(0, at) + letter + file.slice(at + 1);
      const read = parseEntryFile(text);
      expect({ text, accepted: read.ok }).toEqual({ text, accepted: read.ok && fileOf(read.value) === text });
    }), { numRuns: 2_000 });
  });

  it.each(['', '\n', 'null\n', '[]\n', '"', '{"body":"', '{"body":","format":"concordat-entry@v1","salt":"AAAAAAAAAAAAAAAAAAAAAA=="}\n'])('is refused as %j', (text) => {
    expect(parseEntryFile(text)).toMatchObject({ ok: false, error: { code: 'malformed-entry' } });
  });

  it('is refused when it is longer than any entry, and says which half of a letter it cannot carry', () => {
    expect(parseEntryFile(fileOf({ salt: new Uint8Array(16), body: 'a'.repeat(1_048_576) })).ok).toBe(false);
    const broken = fileOf({ salt: new Uint8Array(16), body: '' }).replace('"body":"', '"body":"\\udc00');
    expect(parseEntryFile(broken)).toMatchObject({ ok: false, error: { message: expect.stringContaining('half a letter') } });
  });
});
