import { describe, expect, it } from '@jest/globals';
import { keptSealed, sealedReason, type ScanState, type UnscannedRule } from './scan.js';

const SCANS: readonly (ScanState | undefined)[] = [undefined, 'clean', 'infected', 'unscannable', 'locked'];

/** The reason each is kept sealed, in the order of SCANS. */
function reasons(rule: UnscannedRule): readonly (string | undefined)[] {
  return SCANS.map((state) => {
    const refused = keptSealed(state && { state, code: 'x' }, rule);
    return refused && sealedReason(refused);
  });
}

describe('an exhibit', () => {
  it.each<[UnscannedRule, readonly (string | undefined)[]]>([
    ['sealed', ['not-scanned', undefined, 'malware-found', 'not-scannable', undefined]],
    ['open', [undefined, undefined, 'malware-found', undefined, undefined]],
    [undefined, [undefined, undefined, 'malware-found', undefined, undefined]],
  ])('is kept sealed, with the rule %s, for what was found and no other reason', (rule, expected) => {
    expect(reasons(rule)).toEqual(expected);
  });
});
