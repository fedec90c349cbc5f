import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { UnusualUseRow } from '../documents/fragments.js';
import { sideTag, sideView, unusualUseRow } from './unusual-use.js';

type Side = UnusualUseRow['sides'][number];

const ASHWORTH = { id: 'a', code: 'ashworth', name: 'Ashworth Borough Council' };
const POLICE = { id: 'p', code: 'northmoor-police', name: 'Northmoor Police' };

const UNASKED: Side = { agency: ASHWORTH, assignee: null, assignedAt: null, answer: null, answeredAt: null, outcome: null, closing: null, closedBy: null, closedAt: null };
const ASKED: Side = { ...UNASKED, assignee: 'Amira Rahman', assignedAt: '2026-06-16T07:06:00Z' };
const ANSWERED: Side = { ...ASKED, answer: 'I was on duty.', answeredAt: '2026-06-17T08:00:00Z' };
const CLOSED: Side = { ...ANSWERED, outcome: 'explained', closing: 'The rota says so.', closedBy: 'Joan Hale', closedAt: '2026-06-18T09:30:00Z' };
/** Nothing but what closing writes: closed outweighs whatever else is there or is not. */
const CLOSED_ALONE: Side = { ...CLOSED, assignee: null, assignedAt: null, answer: null, answeredAt: null, outcome: 'taken-up' };

const USE: UnusualUseRow = {
  id: 'u/1', rule: 'at-night', words: 'Read at night', evidence: '14 reads between 1am and 3am', verb: 'exhibit.open', happenedAt: '2026-06-16T00:30:00Z', foundAt: '2026-06-16T01:00:00Z',
  person: 'Priya Shah', agency: POLICE, workspaceReference: 'ASH-1', sides: [CLOSED, { ...ASKED, agency: POLICE }],
};

describe('how far an agency has come with an unusual use', () => {
  it.each([
    ['nobody was asked', UNASKED, 'Nobody asked yet', 'red'],
    ['somebody was asked', ASKED, 'Asked: Amira Rahman', 'yellow'],
    ['she answered', ANSWERED, 'Answered', 'blue'],
    ['it was explained', CLOSED, 'Closed: explained', 'green'],
    ['it was taken up', { ...CLOSED, outcome: 'taken-up' }, 'Closed: taken up', 'green'],
    ['nothing but the closing is known', CLOSED_ALONE, 'Closed: taken up', 'green'],
  ])('is said where %s', (_, side, text, colour) => {
    expect(sideTag(side)).toEqual({ text, classes: `govuk-tag--${colour}` });
  });

  it('is told with everything that was done, by whom and when', () => {
    expect(sideView(CLOSED)).toEqual({
      agency: 'Ashworth Borough Council', tag: { text: 'Closed: explained', classes: 'govuk-tag--green' }, asked: 'Amira Rahman, 16 June 2026 at 8:06am', answer: 'I was on duty.',
      answered: '17 June 2026 at 9:00am', closing: 'The rota says so.', closed: 'Joan Hale, 18 June 2026 at 10:30am',
    });
  });

  it('is told without what was not done', () => {
    expect(sideView(UNASKED)).toMatchObject({ asked: undefined, answer: null, answered: undefined, closing: null, closed: undefined });
    expect(sideView(ASKED)).toMatchObject({ asked: 'Amira Rahman, 16 June 2026 at 8:06am', answered: undefined, closed: undefined });
    expect(sideView(ANSWERED)).toMatchObject({ answered: '17 June 2026 at 9:00am', closing: null, closed: undefined });
    expect(sideView(CLOSED_ALONE)).toMatchObject({ asked: undefined, answered: undefined, closed: 'Joan Hale, 18 June 2026 at 10:30am' });
    expect(sideView({ ...ASKED, assignedAt: null })).toMatchObject({ asked: undefined });
  });

  it('never shows what is not there as a word, whatever is there', () => {
    const part = <Key extends keyof Side>(key: Key): fc.Arbitrary<Side[Key]> => fc.constantFrom(UNASKED[key], CLOSED[key]);
    const side = fc.record({
      agency: part('agency'), assignee: part('assignee'), assignedAt: part('assignedAt'), answer: part('answer'), answeredAt: part('answeredAt'),
      outcome: part('outcome'), closing: part('closing'), closedBy: part('closedBy'), closedAt: part('closedAt'),
    });
    fc.assert(fc.property(side, (one) => {
      const { tag, ...texts } = sideView(one) as { tag: { text: string } };
      const shown = [tag.text, ...Object.values(texts)].filter((text) => typeof text === 'string');
      expect(shown.join('\n')).not.toMatch(/undefined|null|Invalid|NaN/);
      expect(tag.text).not.toBe('');
    }));
  });
});

describe('an unusual use in a list', () => {
  it('says who did what where, when, and why it stands out', () => {
    expect(unusualUseRow(USE)).toMatchObject({
      href: '/unusual-use/u%2F1', words: 'Read at night', evidence: '14 reads between 1am and 3am', who: 'Priya Shah', agency: 'Northmoor Police', what: 'Opened an exhibit', reference: 'ASH-1',
      at: '16 June 2026 at 1:30am', iso: '2026-06-16T00:30:00.000Z',
    });
    expect(unusualUseRow({ ...USE, workspaceReference: null })).toMatchObject({ reference: null });
  });

  it('says of each agency how far it has come, in the order they were given', () => {
    expect(unusualUseRow(USE)).toMatchObject({ sides: [{ agency: 'Ashworth Borough Council', tag: sideTag(CLOSED) }, { agency: 'Northmoor Police', tag: sideTag(ASKED) }] });
    expect(unusualUseRow({ ...USE, sides: [] })).toMatchObject({ sides: [] });
  });
});
