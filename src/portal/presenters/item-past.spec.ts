import { describe, expect, it } from '@jest/globals';
import { Fields } from '../page/fields.js';
import { momentIn, momentWords, pastView } from './item-past.js';

const asked = (day: string, month: string, year: string, time = ''): Fields => new Fields({ 'on.day': day, 'on.month': month, 'on.year': year, time });

describe('a moment that is asked for', () => {
  it.each([
    ['a minute of summer, to its end', asked('16', '6', '2026', '9:05'), '2026-06-16T08:05:59.999Z', '16 June 2026 at 9:05'],
    ['a minute of winter', asked('16', '1', '2026', '14.30'), '2026-01-16T14:30:59.999Z', '16 January 2026 at 14.30'],
    ['the end of a day where there is no time', asked('16', '6', '2026'), '2026-06-16T22:59:59.999Z', '16 June 2026, at the end of the day'],
    ['of two, the first, where clocks go back', asked('25', '10', '2026', '01:30'), '2026-10-25T00:30:59.999Z', '25 October 2026 at 01:30'],
  ])('is %s', (_, query, at, words) => {
    expect([momentIn(query).at, momentWords(momentIn(query), new Date('2027-01-01')), momentIn(query).problems]).toEqual([at, words, []]);
    expect(momentWords(momentIn(query), new Date('2025-01-01'))).toBe('Now');
  });

  it('is the end of today where nothing is asked', () => {
    expect(momentIn(new Fields({})).at).toMatch(/T2[23]:59:59\.999Z$/);
  });

  it.each([
    [asked('31', '2', '2026'), ['on']],
    [asked('16', '6', '2026', '24:00'), ['time']],
    [asked('16', '6', '2026', '9'), ['time']],
    [asked('x', '', '', 'noon'), ['on', 'time']],
  ])('is none where it does not exist, which is said at its field', (query, fields) => {
    const { at, problems } = momentIn(query);
    expect([at, problems.map(({ field }) => field)]).toEqual([undefined, fields]);
    for (const { message } of problems) expect(message).toMatch(/^[A-Z].*such as .*\.$/);
  });
});

describe('an item as it was', () => {
  const entry = { id: 'e', at: '2026-06-16T07:06:00Z', verb: 'record.save', person: 'Amira Rahman', agency: 'Ashworth', recipients: [] };
  const past = (name: string, value: string | null, how: string) => ({ workspaceId: null, marking: null, invited: [], parts: [{ name, value, how, entry: how === 'unknown' ? null : entry }] });

  it.each([
    ['status', 'version-3', 'set', 'Version 3'],
    ['status', 'not-made-yet', 'set', 'Not made yet'],
    ['status', 'kept', 'read', 'Kept in the investigation'],
    ['recipients', '', 'set', 'No other agency'],
    ['title', 'version-3', 'set', 'version-3'],
    ['title', null, 'unsaid', 'Not known: the entry that set it does not say.'],
    ['title', null, 'withheld', 'Not known to you: another agency set it, and it has changed since.'],
    ['owner', null, 'unknown', 'Not known: no entry that you may see says it.'],
  ])('says %s %s (%s) in words', (name, value, how, words) => {
    expect(pastView(past(name, value, how), true)).toMatchObject({ rows: [{ value: words, isKnown: value !== null }] });
  });

  it('leads to the entry and its proof for who opens entries, and names it to anybody else', () => {
    expect(pastView(past('title', 'A', 'set'), true)).toMatchObject({ rows: [{ by: { words: 'Set', href: '/audit/entries/e', proof: '/ledger/entry/e/proof', at: '16 June 2026 at 8:06am' } }] });
    const { rows: [row] } = pastView(past('title', 'A', 'read'), false) as { rows: [{ by: object }] };
    expect(row.by).toEqual({ id: 'e', at: '16 June 2026 at 8:06am', iso: '2026-06-16T07:06:00.000Z', what: 'Saved the record', by: 'Amira Rahman, Ashworth', words: 'As it was read' });
    const invited = { ...entry, person: null, agency: null, verb: 'member.invite', recipients: ['Fire', 'Health'] };
    expect(pastView({ ...past('title', 'A', 'set'), invited: [invited] }, false)).toMatchObject({ invited: [{ who: 'Fire, Health', by: 'The portal itself' }] });
  });
});
