import { describe, expect, it } from '@jest/globals';
import type { EntryRow } from '../documents/fragments.js';
import { entryRow, storiesOf, subjectOf } from './ledger.js';

const ENTRY: EntryRow = {
  id: 'e/1', index: 7, at: '2026-06-15T23:30:00Z', verb: 'exhibit.open', category: 'consultation', outcome: 'done', personId: 'p1', person: 'Priya Shah', agency: 'Northmoor Police',
  workspaceReference: 'ASH-1', subjectKind: 'exhibit', subjectId: 'x?1', subjectTitle: 'Kitchen', subjectMarking: 'OFFICIAL', clause: '4.1', purpose: 'Food safety',
};
/** By the portal itself, about nothing in particular. */
const BARE: EntryRow = {
  ...ENTRY, verb: 'ledger.check', category: 'audit', personId: null, person: null, agency: null, workspaceReference: null, subjectKind: null, subjectId: null, subjectTitle: null, subjectMarking: null, clause: null, purpose: null,
};

describe('the stories an entry belongs to', () => {
  it('are of its person, of its item and of its day in London', () => {
    expect(storiesOf(ENTRY)).toEqual({ person: '/audit/people/p1', item: '/audit/items/x%3F1', day: '/audit/days/2026-06-16' });
  });

  it('are of the day alone where nobody acted on nothing', () => {
    expect(storiesOf(BARE)).toEqual({ day: '/audit/days/2026-06-16' });
  });

  it.each([['note', true], ['record', true], ['finding', true], ['exhibit', true], ['workspace', false], ['person', false], ['agreement', false], [null, false]])('of a subject of kind %s lead to an item: %s', (subjectKind, leads) => {
    expect('item' in storiesOf({ ...ENTRY, subjectKind })).toBe(leads);
    expect(storiesOf({ ...ENTRY, subjectKind, subjectId: null })).not.toHaveProperty('item');
  });
});

describe('an entry as a row', () => {
  it('says every part of it in words', () => {
    expect(entryRow(ENTRY, true)).toEqual({
      href: '/audit/entries/e%2F1', story: storiesOf(ENTRY), at: '16 June 2026 at 12:30am', iso: '2026-06-15T23:30:00.000Z', what: 'Opened an exhibit', refused: false, category: 'Consultation',
      who: 'Priya Shah', agency: 'Northmoor Police', subject: 'Exhibit: Kitchen', reference: 'ASH-1', ground: 'Clause 4.1: Food safety',
    });
  });

  it('leads nowhere for those who may not open entries', () => {
    expect(entryRow(ENTRY, false)).toEqual({ ...entryRow(ENTRY, true), href: undefined, story: {} });
  });

  it('shows nothing for what is not known, and no word for it', () => {
    expect(entryRow(BARE, true)).toMatchObject({ who: 'The portal itself', agency: '', subject: '', reference: null, ground: '', category: 'Audit' });
    expect(JSON.stringify(Object.values(entryRow(BARE, false)).filter((value) => typeof value === 'string'))).not.toMatch(/undefined|null/);
  });

  it('is refused only where it says so', () => {
    expect(['done', 'refused', 'Refused'].map((outcome) => (entryRow({ ...ENTRY, outcome }, false) as { refused: boolean }).refused)).toEqual([false, true, false]);
  });

  it('calls what it is about by its kind where the title is not to be seen', () => {
    expect(subjectOf({ ...ENTRY, subjectTitle: null })).toBe('Exhibit');
    expect(subjectOf({ ...ENTRY, subjectKind: 'duty-post', subjectTitle: 'Night desk' })).toBe('Duty post: Night desk');
    // A title without a kind is of nothing known.
    expect(subjectOf({ ...ENTRY, subjectKind: null })).toBe('');
  });
});
