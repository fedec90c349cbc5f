import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AgencyId } from '../kernel/index.js';
import { checkMarking, type MarkingDraft } from './check-marking.js';
import { isReleasableTo, isWithin, joinRestrictions, lowers, rankOf, type Marking, type Restrictions } from './marking.js';
import { DESCRIPTORS, HANDLING } from './marking-terms.js';
import { printMarking, readMarking } from './marking-text.js';
import { AGENCIES, arbitraryMarking, arbitraryRestrictions } from './worlds.builder.js';

const AT = new Date('2026-11-21T09:00:00Z');
const [COUNCIL, POLICE, FIRE] = AGENCIES as readonly [AgencyId, AgencyId, AgencyId];
const plain: Marking = { tier: 1, sensitive: true, descriptors: [], handling: [], originator: POLICE, releasableTo: null };
const draft: MarkingDraft = { sensitive: true, descriptors: [], handling: [] };
const faultsOf = (entered: MarkingDraft): string[] => {
  const checked = checkMarking(entered, { originator: POLICE, at: AT });
  return checked.ok ? [] : checked.error.faults.map((fault) => fault.field);
};

describe('joining markings', () => {
  it('takes the highest level, all restrictions, and only those who may receive both', () => {
    const joined = joinRestrictions(
      { ...plain, sensitive: false, descriptors: ['MEDICAL'], releasableTo: [COUNCIL, POLICE] },
      { ...plain, handling: ['RECIPIENTS ONLY'], descriptors: ['LEGAL'], releasableTo: [FIRE, POLICE] },
    );
    expect(joined).toEqual({
      tier: 1, sensitive: true, descriptors: ['LEGAL', 'MEDICAL'], handling: ['RECIPIENTS ONLY'], releasableTo: [POLICE],
    });
  });

  const pair = [arbitraryRestrictions, arbitraryRestrictions] as const;
  const normal = (one: Restrictions): Restrictions => joinRestrictions(one, one);

  it('is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(...pair, arbitraryRestrictions, (a, b, c) => {
        expect(joinRestrictions(a, b)).toEqual(joinRestrictions(b, a));
        expect(joinRestrictions(joinRestrictions(a, b), c)).toEqual(joinRestrictions(a, joinRestrictions(b, c)));
        expect(joinRestrictions(normal(a), a)).toEqual(normal(a));
      }),
    );
  });

  it('never lowers either part', () => {
    fc.assert(
      fc.property(...pair, (a, b) => {
        const joined = { ...joinRestrictions(a, b), originator: POLICE };
        expect(lowers({ ...a, originator: POLICE }, joined)).toBe(false);
        expect(lowers({ ...b, originator: POLICE }, joined)).toBe(false);
      }),
    );
  });
});

describe('levels', () => {
  it('stand in one order, whatever -SENSITIVE is said of a higher tier', () => {
    const order = [
      { tier: 1, sensitive: false }, { tier: 1, sensitive: true }, { tier: 2, sensitive: false }, { tier: 3, sensitive: false },
    ] as const;
    for (const [lower, level] of order.entries()) {
      for (const [higher, ceiling] of order.entries()) expect(isWithin(level, ceiling)).toBe(lower <= higher);
    }
    expect(rankOf({ tier: 2, sensitive: true })).toBe(rankOf({ tier: 2, sensitive: false }));
  });
});

describe('lowering', () => {
  it.each<[string, Partial<Marking>]>([
    ['a lower level', { sensitive: false }],
    ['a descriptor less', { descriptors: [] }],
    ['a handling instruction less', { handling: [] }],
    ['one agency more', { releasableTo: [COUNCIL, FIRE, POLICE] }],
    ['every member instead of some', { releasableTo: null }],
    ['another originator', { originator: COUNCIL }],
  ])('is %s', (_, change) => {
    const held: Marking = { ...plain, descriptors: ['LEGAL'], handling: ['RECIPIENTS ONLY'], releasableTo: [COUNCIL, POLICE] };
    expect(lowers(held, { ...held, ...change })).toBe(true);
    expect(lowers(held, held)).toBe(false);
  });

  it('is not to name the originator, who may receive it anyway', () => {
    expect(lowers({ ...plain, releasableTo: [COUNCIL] }, { ...plain, releasableTo: [COUNCIL, POLICE] })).toBe(false);
  });

  it('has happened whenever somebody new may receive it', () => {
    fc.assert(
      fc.property(arbitraryMarking, arbitraryMarking, fc.constantFrom(...AGENCIES), (held, next, agency) => {
        fc.pre(!isReleasableTo(held, agency) && isReleasableTo(next, agency));
        expect(lowers(held, next)).toBe(true);
      }),
    );
  });
});

describe('a printed marking', () => {
  it('reads as the classification policy writes it', () => {
    expect(printMarking({ ...plain, descriptors: ['PERSONAL DATA'], handling: ['RECIPIENTS ONLY'] })).toBe(
      'OFFICIAL-SENSITIVE - PERSONAL DATA - RECIPIENTS ONLY',
    );
    expect(printMarking({ ...plain, sensitive: false })).toBe('OFFICIAL');
    expect(printMarking({ ...plain, tier: 3, sensitive: true })).toBe('TOP SECRET');
  });

  it('reads back as what was printed', () => {
    fc.assert(
      fc.property(arbitraryRestrictions, (marking) => {
        const { tier, sensitive, descriptors, handling } = joinRestrictions(marking, marking);
        expect(readMarking(printMarking(marking))).toEqual({ tier, sensitive, descriptors, handling });
      }),
    );
  });

  it.each([
    '', 'SENSITIVE', 'official', 'OFFICIAL-SENSITIVE-SENSITIVE', 'SECRET-SENSITIVE', 'OFFICIAL - ', 'OFFICIAL  - LEGAL',
    'OFFICIAL - LEGAL - LEGAL', 'OFFICIAL - RECIPIENTS ONLY - LEGAL', 'OFFICIAL - MADE UP', 'RESTRICTED', 'OFFICIAL\n',
  ])('is not %j', (text) => expect(readMarking(text)).toBeUndefined());
});

describe('an entered marking', () => {
  it('is put in order, with its originator among those who may receive it', () => {
    const checked = checkMarking(
      { ...draft, descriptors: ['MEDICAL', 'LEGAL', 'LEGAL'], releasableTo: [COUNCIL] },
      { originator: POLICE, at: AT },
    );
    expect(checked).toEqual({ ok: true, value: { ...plain, descriptors: ['LEGAL', 'MEDICAL'], releasableTo: [COUNCIL, POLICE].sort() } });
  });

  it('may not be above what the deployment holds', () => {
    expect(faultsOf({ ...draft, sensitive: false, tier: 2 })).toEqual(['input.marking.tier']);
    expect(faultsOf({ ...draft, sensitive: false, tier: 3 })).toEqual(['input.marking.tier']);
  });

  it('names every field that is wrong', () => {
    expect(faultsOf({ tier: 7, sensitive: true, descriptors: ['TOP BANANA'], handling: ['WHATEVER'], releasableTo: ['everybody'] })).toEqual([
      'input.marking.tier', 'input.marking.descriptors', 'input.marking.handling', 'input.marking.releasableTo',
    ]);
    expect(faultsOf({ ...draft, tier: 2 })).toEqual(['input.marking.sensitive']);
    expect(faultsOf({ ...draft, releasableTo: Array.from({ length: 101 }, () => POLICE) })).toEqual(['input.marking.releasableTo']);
  });

  it('takes a term only on the days it is in force', () => {
    const on = (day: string, text: string): boolean =>
      checkMarking({ ...draft, descriptors: [text] }, { originator: POLICE, at: new Date(`${day}T12:00:00Z`) }).ok;
    expect(on('2024-08-04', 'PERSONAL')).toBe(true);
    expect(on('2024-08-05', 'PERSONAL')).toBe(false);
    expect(on('2024-08-04', 'PERSONAL DATA')).toBe(false);
    expect(on('2024-08-05', 'PERSONAL DATA')).toBe(true);
    expect([...DESCRIPTORS, ...HANDLING].every(({ from, until }) => until === undefined || from < until)).toBe(true);
  });
});
