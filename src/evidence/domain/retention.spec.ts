import { describe, expect, it } from '@jest/globals';
import { RETENTION_GROUPS, retentionGroup, reviewDay } from './retention.js';

describe('retention groups', () => {
  it('are found by their code on days they hold', () => {
    expect(retentionGroup('mopi-3', '2026-11-30')?.reviewYears).toBe(6);
    expect([retentionGroup('mopi-3', '2010-02-28'), retentionGroup('mopi-9', '2026-11-30')]).toEqual([undefined, undefined]);
  });

  it('say of themselves that nobody has verified them', () => {
    expect(RETENTION_GROUPS.filter(({ verified }) => verified)).toEqual([]);
    expect(new Set(RETENTION_GROUPS.map(({ code, from }) => code + from)).size).toBe(RETENTION_GROUPS.length);
  });

  it.each([['2026-11-30', 6, '2032-11-30'], ['2024-02-29', 1, '2025-03-01'], ['2024-02-29', 4, '2028-02-29']] as const)('from %s after %d years: %s', (day, reviewYears, expected) => {
    expect(reviewDay({ reviewYears }, day)).toBe(expected);
  });
});
