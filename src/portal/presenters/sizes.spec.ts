import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { count, exactSize, size } from './sizes.js';

const FACTORS: Readonly<Record<string, number>> = { byte: 1, bytes: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** The number of bytes that a size says. */
function bytesOf(text: string): number {
  const [value = '', unit = ''] = text.split(' ');
  return Number(value) * (FACTORS[unit] ?? Number.NaN);
}

describe('a size', () => {
  it.each([
    [9_949, '9.9 KB'], [9_950, '9.9 KB'], [10_000, '10 KB'], [999_499, '999 KB'], [999_500, '1 MB'], [1_000_000, '1 MB'], [1_250_000_000, '1.3 GB'],
    [999_500_000, '1 GB'], [2e12, '2 TB'], [5e15, '5000 TB'],
  ])('of %d bytes is %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it.each([[1, '1 byte'], [999, '999 bytes'], [1536, '1.5 KB (1,536 bytes)']])('of %d bytes is %s where it must be exact', (bytes, text) => {
    expect(exactSize(bytes)).toBe(text);
  });

  it('is never further from the truth than its last digit', () => {
    fc.assert(fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
      expect(Math.abs(bytesOf(size(bytes)) - bytes)).toBeLessThanOrEqual(bytes * 0.051);
    }));
  });

  it('is said in at most three digits up to the largest unit', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 14.9, noNaN: true }), (power) => {
      expect(size(Math.floor(10 ** power))).toMatch(/^(?:\d|\d\.[1-9]|\d{2,3}) (?:byte|bytes|KB|MB|GB|TB)$/);
    }));
  });

  it('never falls when there is more', () => {
    fc.assert(fc.property(fc.nat({ max: 2_000_000_000 }), fc.nat({ max: 2_000_000_000 }), (bytes, more) => {
      expect(bytesOf(size(bytes + more))).toBeGreaterThanOrEqual(bytesOf(size(bytes)));
    }));
  });
});

describe('a count', () => {
  it('parts its thousands and loses nothing', () => {
    expect([0, 999, 1000, 1_234_567].map(count)).toEqual(['0', '999', '1,000', '1,234,567']);
    fc.assert(fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (value) => {
      expect(Number(count(value).replaceAll(',', ''))).toBe(value);
      expect(count(value)).toMatch(/^\d{1,3}(?:,\d{3})*$/);
    }));
  });
});
