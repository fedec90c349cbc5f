import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readByteRange } from './byte-range.js';

describe('a Range header', () => {
  it.each([
    ['bytes=0-', { from: 0, to: 100 }],
    ['bytes=10-19', { from: 10, to: 20 }],
    ['bytes=90-500', { from: 90, to: 100 }],
    ['bytes=-5', { from: 95, to: 100 }],
    ['bytes=-500', { from: 0, to: 100 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-4', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['chapters=1-2', undefined],
    ['bytes=0-99999999999999999999', undefined],
    [undefined, undefined],
  ])('%j of a file of 100 octets', (header, expected) => {
    expect(readByteRange(header, 100)).toEqual(expected);
  });

  it('never names an octet outside the file, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(1000), fc.nat(1000), fc.nat(999), (junk, from, to, size) => {
        for (const header of [junk, `bytes=${from}-${to}`, `bytes=-${to}`, `bytes=${from}-`]) {
          const range = readByteRange(header, size + 1);
          if (range === undefined || range === 'unsatisfiable') continue;
          expect(range.from).toBeGreaterThanOrEqual(0);
          expect(range.to).toBeGreaterThan(range.from);
          expect(range.to).toBeLessThanOrEqual(size + 1);
        }
      }),
    );
  });
});
