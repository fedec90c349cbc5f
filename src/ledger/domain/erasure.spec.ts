import { describe, expect, it } from '@jest/globals';
import { canonicalJson, type Json } from '../../../libs/kernel/index.js';
import { erasureDetails, readErasure, type ErasedFacts } from './erasure.js';

const ENTRY = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const FACTS: ErasedFacts = {
  index: 41,
  leafHash: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
  verb: 'item.read',
  category: 'consultation',
  outcome: 'done',
  at: '2026-06-03T09:30:00.000Z',
  agency: 'ashworth',
  person: null,
};
const BODY = {
  id: 'b54adc00-67f9-11d9-9669-0800200c9a66',
  at: '2026-07-01T10:00:00.000Z',
  verb: 'ledger.erase',
  category: 'erasure',
  outcome: 'done',
  actor: null,
  system: 'cli',
  reason: 'Ordered by the court',
  subject: { kind: 'entry', id: ENTRY },
  details: erasureDetails('The data protection officer', FACTS),
};

const read = (change: Readonly<Record<string, Json>> = {}) => readErasure(canonicalJson({ ...BODY, ...change }), ENTRY);

describe('the entry of an erasure', () => {
  it('says what went, when, on whose decision and why', () => {
    expect(read()).toEqual({
      id: BODY.id,
      erasedAt: new Date(BODY.at),
      decidedBy: 'The data protection officer',
      reason: 'Ordered by the court',
      facts: FACTS,
    });
  });

  it('carries nothing of the erased entry beyond what is to be left', () => {
    const more = { ...FACTS, title: 'Zephyrine Quillfeather' };
    const back = read({ details: erasureDetails('The data protection officer', more) });
    expect(back?.facts).toEqual(FACTS);
  });

  it.each<[string, Readonly<Record<string, Json>>]>([
    ['of another act', { verb: 'ledger.read' }],
    ['of an erasure that was refused', { outcome: 'refused' }],
    ['about another entry', { subject: { kind: 'entry', id: BODY.id } }],
    ['about something else of that id', { subject: { kind: 'item', id: ENTRY } }],
    ['without a reason', { reason: null }],
    ['without its details', { details: null }],
    ['without who decided', { details: { erased: { ...FACTS } } }],
    ['without the leaf', { details: { decidedBy: 'A', erased: { ...FACTS, leafHash: null } } }],
    ['without the place', { details: { decidedBy: 'A', erased: { ...FACTS, index: '41' } } }],
  ])('is no entry %s', (_, change) => {
    expect(read(change)).toBeUndefined();
  });

  it('is no text that somebody may have made of a row', () => {
    for (const body of ['', '{', 'null', '[]', '"ledger.erase"', '41']) expect(readErasure(body, ENTRY)).toBeUndefined();
  });
});
