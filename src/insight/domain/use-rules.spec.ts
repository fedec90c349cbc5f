import { describe, expect, it } from '@jest/globals';
import { rulesInForce, USE_RULES, type UseRule } from './use-rules.js';

const rule = (version: number, effectiveFrom: string, more: Partial<UseRule> = {}): UseRule => ({
  id: 'own-name', version, effectiveFrom: new Date(effectiveFrom), words: '', when: { is: 'own-name' }, ...more,
});
const versions = (rules: readonly UseRule[], at: string) => rulesInForce(rules, new Date(at)).map(({ version }) => version);

describe('the rules in force', () => {
  it('are the latest versions that have begun, whatever order they are listed in', () => {
    const rules = [rule(2, '2026-06-01T00:00:00Z'), rule(1, '2026-01-01T00:00:00Z'), rule(3, '2027-01-01T00:00:00Z')];
    expect(versions(rules, '2025-12-31T23:59:59Z')).toEqual([]);
    expect(versions(rules, '2026-05-31T23:59:59Z')).toEqual([1]);
    expect(versions(rules, '2026-06-01T00:00:00Z')).toEqual([2]);
    expect(versions([...rules].reverse(), '2028-01-01T00:00:00Z')).toEqual([3]);
  });

  it('tell versions that began together apart by number, and leave out what was withdrawn', () => {
    const same = [rule(2, '2026-01-01T00:00:00Z'), rule(1, '2026-01-01T00:00:00Z')];
    expect(versions(same, '2026-02-01T00:00:00Z')).toEqual([2]);
    expect(versions([...same, rule(3, '2026-03-01T00:00:00Z', { when: { is: 'never' } })], '2026-03-01T00:00:00Z')).toEqual([]);
  });

  it('ship one of each kind with a sentence and a number of their own', () => {
    const shipped = rulesInForce(USE_RULES, new Date('2026-11-28T00:00:00Z'));
    expect(shipped.map(({ id }) => id)).toEqual(['many-reads', 'many-refusals', 'cases-not-hers', 'odd-hours', 'own-name', 'first-look']);
    for (const { words } of shipped) expect(words).toMatch(/^[A-Z].*\.$/);
  });
});
