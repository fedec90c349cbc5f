import { describe, expect, it } from '@jest/globals';
import type { DisclosureData } from '../documents/disclosure.js';
import { documentLinks, outcomeWords, OUTCOMES, scheduleParts, standingWords } from './disclosure.js';

type Schedule = NonNullable<DisclosureData['disclosureSchedule']>;
type Line = Schedule['lines'][number];

const REVIEW = {
  seq: 1,
  class: 'non-sensitive-unused',
  result: 'inspect',
  ground: null,
  reason: 'Shows nothing of the kitchen',
  reviewedBy: 'Amira Rahman',
  agency: 'Ashworth Borough Council',
  reviewedAt: '2026-06-02T09:00:00.000Z',
};

const line = (exhibitId: string, more: Partial<Line> = {}): Line => ({
  exhibitId,
  reference: `AR/${exhibitId}`,
  title: 'Menu',
  producedBy: 'Amira Rahman',
  agency: 'Ashworth Borough Council',
  marking: 'OFFICIAL',
  disposed: false,
  canReview: true,
  review: REVIEW,
  ...more,
});

const VERSION = {
  version: 2,
  signedBy: 'Tom Bell',
  agency: 'Ashworth Borough Council',
  signedAt: '2026-06-02T10:00:00.000Z',
  statement: 'Whole',
};

const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  version: null,
  current: true,
  since: [],
  lines: [],
  versions: [VERSION],
  state: 'ab',
  cut: false,
  canSign: false,
  ...more,
});

describe('the choices of a review', () => {
  it('are every class with its own results, none of them twice', () => {
    expect(OUTCOMES.map(({ value }) => value)).toEqual([
      'used:served',
      'used:to-be-served',
      'non-sensitive-unused:disclose',
      'non-sensitive-unused:inspect',
      'non-sensitive-unused:not-disclosable',
      'sensitive-unused:not-disclosable',
      'sensitive-unused:withheld',
      'sensitive-unused:in-part',
      'sensitive-unused:disclose',
    ]);
    expect(new Set(OUTCOMES.map(({ text }) => text)).size).toBe(OUTCOMES.length);
  });

  it('are said in words, and what this portal no longer knows as it was written', () => {
    expect(outcomeWords({ class: 'used', result: 'served' })).toBe('Used: served as evidence');
    expect(outcomeWords({ class: 'of-old', result: 'kept-back' })).toBe('Of old: Kept back');
  });
});

describe('the parts of a schedule', () => {
  it('begin with what nobody has reviewed, go by class, and leave out a class that lists nothing', () => {
    const lines = [
      line('1', { review: { ...REVIEW, class: 'sensitive-unused', result: 'withheld', ground: 'Names an informant' } }),
      line('2'),
      line('3', { review: null }),
    ];
    expect(scheduleParts(schedule({ lines }), 'W')).toMatchObject([
      { heading: 'Not reviewed yet', documents: [], rows: [{ reference: 'AR/3', review: null, edit: '/investigations/W/evidence/3/disclosure' }] },
      { heading: 'Unused, not sensitive (MG6C)', rows: [{ reference: 'AR/2', review: { result: 'The defence may inspect it' } }] },
      { heading: 'Unused, sensitive (MG6D)', rows: [{ reference: 'AR/1', review: { result: 'Withheld, a court is asked', ground: 'Names an informant' } }] },
    ]);
  });

  it('lead to no form where the reader does not review', () => {
    expect(scheduleParts(schedule({ lines: [line('1', { canReview: false })] }), 'W')).toMatchObject([{ rows: [{ edit: undefined }] }]);
  });

  it('are taken as documents of the version that is shown', () => {
    expect(documentLinks('W', 'used').map(({ href }) => href)).toEqual([
      '/evidence/documents/W/used/html',
      '/evidence/documents/W/used/pdf',
      '/evidence/documents/W/used/csv',
    ]);
    const [part] = scheduleParts(schedule({ version: 2, lines: [line('1')] }), 'W') as { documents: { href: string }[] }[];
    expect(part?.documents[2]?.href).toBe('/evidence/documents/W/non-sensitive-unused/csv?version=2');
  });
});

describe('how a schedule stands', () => {
  it('is that nobody signed it, before anybody has', () => {
    expect(standingWords(schedule({ versions: [], current: false }))).toEqual({
      isCurrent: false,
      words: 'Nobody has signed off this schedule yet.',
      changes: [],
    });
  });

  it('is current as long as nothing has come since', () => {
    expect(standingWords(schedule())).toEqual({
      isCurrent: true,
      words: 'Version 2 was signed off by Tom Bell, Ashworth Borough Council, on 2 June 2026 at 11:00am. Nothing that you can see has come since.',
      changes: [],
    });
  });

  it('is not current with what has come, each in words', () => {
    const since = ['added', 'reviewed-again', 'disposed'].map((what) => ({ exhibitId: what, reference: 'AR/1', title: 'Menu', what }));
    const standing = standingWords(schedule({ current: false, since }));
    expect(standing.words).toMatch(/^Not current\. Version 2 was signed off/);
    expect(standing.changes).toEqual(['AR/1 Menu has come since', 'AR/1 Menu was reviewed again', 'AR/1 Menu was disposed of']);
  });
});
