import { describe, expect, it } from '@jest/globals';
import { comeSince, DISCLOSURE_CLASSES, disclosureClass, stateOf, type Stand } from './disclosure.js';

const SIGNED = new Date('2026-06-01T10:00:00Z');
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
  const listed = new Map([['a', 1], ['b', 2]]);

  it('is nothing where everything stands as it was listed', () => {
    expect(comeSince(listed, SIGNED, [stand('a', 1), stand('b', 2)])).toEqual([]);
  });

  it('is what was added, reviewed or not, what was reviewed again, and what was disposed of afterwards', () => {
    expect(comeSince(listed, SIGNED, [stand('a', 2), stand('b', 2, '2026-06-02T00:00:00Z'), stand('c', 0), stand('d', 1)])).toEqual([
      { id: 'a', what: 'reviewed-again' }, { id: 'b', what: 'disposed' }, { id: 'c', what: 'added' }, { id: 'd', what: 'added' },
    ]);
  });

  it('is not what had been disposed of when it was signed off', () => {
    expect(comeSince(listed, SIGNED, [stand('b', 2, '2026-05-30T00:00:00Z')])).toEqual([]);
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
