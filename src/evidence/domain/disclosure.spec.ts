import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comeSince, DISCLOSURE_CLASSES, disclosureClass, stateOf, type Listed, type Stand } from './disclosure.js';

const stand = (id: string, seq: number, disposedAt: string | null = null): Stand => ({ id, seq, disposedAt: disposedAt === null ? null : new Date(disposedAt) });

describe('the classes of a schedule', () => {
  it('are dated: none before its first day, and each with the form it follows', () => {
    expect(disclosureClass('used', '1996-12-31')).toBeUndefined();
    expect(disclosureClass('used', '1997-04-01')).toMatchObject({ form: 'MG12', verified: false });
    expect(disclosureClass('secret', '2026-01-01')).toBeUndefined();
    expect(DISCLOSURE_CLASSES.filter(({ needsGround }) => needsGround).map(({ code }) => code)).toEqual(['sensitive-unused']);
  });
});

describe('what has come since a version', () => {
  const listed = [{ id: 'a', seq: 1, disposed: false }, { id: 'b', seq: 2, disposed: false }];

  it('is nothing where everything stands as it was listed', () => {
    expect(comeSince(listed, [stand('a', 1), stand('b', 2)])).toEqual([]);
  });

  it('is what was added, reviewed or not, what was reviewed again, and what was disposed of', () => {
    expect(comeSince(listed, [stand('a', 2), stand('b', 2, '2026-06-02T00:00:00Z'), stand('c', 0), stand('d', 1)])).toEqual([
      { id: 'a', what: 'reviewed-again' }, { id: 'b', what: 'disposed' }, { id: 'c', what: 'added' }, { id: 'd', what: 'added' },
    ]);
  });

  it('is not what had been disposed of when it was signed off', () => {
    expect(comeSince([{ id: 'b', seq: 2, disposed: true }], [stand('b', 2, '2026-05-30T00:00:00Z')])).toEqual([]);
  });
});

describe('the state of a schedule', () => {
  it('is the same in whatever order, and another with every exhibit, review and disposal', () => {
    const here = stateOf([stand('a', 1), stand('b', 2)]);
    expect(stateOf([stand('b', 2), stand('a', 1)])).toBe(here);
    const others = [[stand('a', 1)], [stand('a', 1), stand('b', 3)], [stand('a', 1), stand('b', 2, '2026-06-02T00:00:00Z')], [stand('a', 2), stand('b', 1)], [stand('a', 1), stand('c', 2)]];
    expect(new Set([here, ...others.map(stateOf)]).size).toBe(6);
  });
});

/** Exhibits under small names, so that versions and states often speak of the same ones. */
const arbitraryStand: fc.Arbitrary<Stand> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  seq: fc.integer({ min: 0, max: 3 }),
  disposedAt: fc.option(fc.constantFrom(new Date('2026-05-30T00:00:00Z'), new Date('2026-06-02T00:00:00Z')), { nil: null }),
});
const arbitraryStands = fc.uniqueArray(arbitraryStand, { selector: ({ id }) => id });
const listing = (stands: readonly Stand[]): Listed[] => stands.map(({ id, seq, disposedAt }) => ({ id, seq, disposed: disposedAt !== null }));

describe('whatever stands', () => {
  it('a version that lists exactly it is current, and one whose signer knew of no disposal is not where there was one', () => {
    fc.assert(
      fc.property(arbitraryStands, (stands) => {
        expect(comeSince(listing(stands), stands)).toEqual([]);
        const gone = stands.filter(({ disposedAt }) => disposedAt !== null).map(({ id }) => ({ id, what: 'disposed' as const }));
        expect(comeSince(listing(stands).map((one) => ({ ...one, disposed: false })), stands)).toEqual(gone);
      }),
    );
  });

  it('what somebody does not see changes nothing of what she is told has come since', () => {
    fc.assert(
      fc.property(arbitraryStands, arbitraryStands, fc.constantFrom('a', 'b', 'c', 'd', 'e'), (then, now, hidden) => {
        const seen = <Of extends { readonly id: string }>(all: readonly Of[]): Of[] => all.filter(({ id }) => id !== hidden);
        const whole = comeSince(listing(then), now);
        expect(comeSince(listing(seen(then)), seen(now))).toEqual(seen(whole));
      }),
    );
  });

  it('two states have one name only where they are the same', () => {
    fc.assert(
      fc.property(arbitraryStands, arbitraryStands, (one, other) => {
        const plain = (stands: readonly Stand[]): string => JSON.stringify(stands.toSorted((first, second) => first.id.localeCompare(second.id)));
        expect(stateOf(one) === stateOf(other)).toBe(plain(one) === plain(other));
      }),
    );
  });
});
