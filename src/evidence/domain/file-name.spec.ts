import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFileName, contentDisposition } from './file-name.js';

describe('the name of a file', () => {
  it('is kept as it is when it can be', () => {
    expect(cleanFileName(' r\u00e9sum\u00e9 (final).pdf ')).toEqual({ ok: true, value: 'r\u00e9sum\u00e9 (final).pdf' });
  });

  it.each(['', '.', '..', 'a/b', 'a\\b', 'a\0b', 'a\nb', 'a\u202eb', '\ud800', 'x'.repeat(256)])('is refused in words: %j', (name) => {
    expect(cleanFileName(name)).toEqual({ ok: false, error: expect.stringMatching(/^File name: /) as unknown });
  });

  it('makes a header that nothing in the name can break out of, and that gives the name back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (name) => {
        const clean = cleanFileName(name);
        if (!clean.ok) return;
        const header = contentDisposition(clean.value);
        expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%!#$&+.^_`|~-]+$/);
        expect(header.split('"')).toHaveLength(3);
        expect(decodeURIComponent(header.split("UTF-8''").at(-1) ?? '')).toBe(clean.value);
      }),
    );
  });
});
