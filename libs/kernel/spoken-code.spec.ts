import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spokenCode } from './index.js';

describe('codes people can say', () => {
  it('have one letter for each byte, none that looks like another', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        expect(spokenCode(bytes)).toMatch(/^[0-9A-HJKMNP-TV-Z]*$/);
        expect(spokenCode(bytes)).toHaveLength(bytes.length);
      }),
    );
  });

  it('use every letter equally often', () => {
    const all = spokenCode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    expect(new Set(all.split('').map((letter) => all.split(letter).length - 1))).toEqual(new Set([8]));
  });
});
