import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newReference, prefixFor } from './reference.js';

describe('references of investigations', () => {
  it('begin with the first letters of the agency and the year, and go on at random', () => {
    expect(newReference(prefixFor('ashworth', new Set()), 2026, Uint8Array.of(0, 1, 31, 32, 10, 255))).toBe('ASH-2026-01Z0AZ');
    expect(newReference('ASH', 2026)).toMatch(/^ASH-2026-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(newReference('ASH', 2026)).not.toBe(newReference('ASH', 2026));
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
