import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { prefixFor, referenceOf } from './reference.js';

describe('references of investigations', () => {
  it('begin with the first letters of the agency, and count within it and the year', () => {
    expect(referenceOf(prefixFor('ashworth', new Set()), 2026, 1)).toBe('ASH-2026-0001');
    expect(referenceOf('ASH', 2026, 12345)).toBe('ASH-2026-12345');
  });

  it.each([
    ['ashby', ['ASH'], 'ASHB'],
    ['northmoor-fire', ['NOR', 'NORT', 'NORTH', 'NORTHM'], 'NORTHMO'],
    ['ash', ['ASH'], 'ASH2'],
    ['x', [], 'XXX'],
  ])('give %s beside %j the prefix %s', (code, taken, prefix) => {
    expect(prefixFor(code, new Set(taken))).toBe(prefix);
  });

  it('never give two agencies the same prefix', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z][a-z-]{0,6}$/), { maxLength: 30 }), (codes) => {
        const taken = new Set<string>();
        for (const code of codes) taken.add(prefixFor(code, taken));
        expect(taken.size).toBe(codes.length);
      }),
    );
  });
});
