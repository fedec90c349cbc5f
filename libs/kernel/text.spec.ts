import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, must } from './index.js';

const line = { min: 1, max: 40, lines: false };
const text = { min: 0, max: 40, lines: true };

describe('free text', () => {
  it.each([
    ['a NUL byte', 'a\u0000b'],
    ['half of a surrogate pair', 'a\ud83db'],
    ['a right-to-left override', 'invoice\u202Efdp.exe'],
    ['an isolate', 'a\u2066b'],
    ['a right-to-left mark', 'a\u200Fb'],
    ['an escape', 'a\u001b[31mb'],
    ['a C1 control', 'a\u009bb'],
  ])('with %s is refused in a line and in a text', (_name, bad) => {
    expect(cleanText(bad, line).ok).toBe(false);
    expect(cleanText(bad, text).ok).toBe(false);
  });

  it('of one line holds no line end, a text of lines holds them as line feeds', () => {
    expect(cleanText('a\nb', line).ok).toBe(false);
    expect(cleanText('a\u2028b', line).ok).toBe(false);
    expect(must(cleanText('a\r\nb\rc\td', text))).toBe('a\nb\nc\td');
  });

  it('is trimmed and composed, so that two ways to type a name are one name', () => {
    expect(must(cleanText('  Ame\u0301lie ', line))).toBe('Am\u00e9lie');
  });

  it('keeps to its limits, counted after trimming', () => {
    expect(must(cleanText(` ${'x'.repeat(40)} `, line))).toHaveLength(40);
    expect(cleanText('x'.repeat(41), line)).toEqual({ ok: false, error: 'Enter at most 40 characters.' });
    expect(cleanText('   ', line)).toEqual({ ok: false, error: 'Enter some text.' });
    expect(cleanText('x'.repeat(1_000_000), line).ok).toBe(false);
  });

  it('keeps every script and emoji as typed', () => {
    for (const name of ['Σίσυφος', 'محمد', '李小龍', '👩‍🚒', 'O’Neil']) expect(must(cleanText(name, line))).toBe(name.normalize('NFC'));
  });

  it('once clean stays the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (raw) => {
        const first = cleanText(raw, text);
        if (first.ok) expect(cleanText(first.value, text)).toEqual(first);
      }),
    );
  });
});
