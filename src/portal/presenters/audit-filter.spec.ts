import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Category, VERBS } from '../../../libs/policy/index.js';
import { fieldsOfAddress } from '../page/address.js';
import { Fields } from '../page/fields.js';
import { paths } from '../paths.js';
import { dayProblems, filterChips, filterFields, filterIn, queryOf, queryOfDay, queryOfSaved } from './audit-filter.js';

const NO_WORDS = new Map<string, string>();

const fieldsOf = (raw: Readonly<Record<string, unknown>>): Fields => filterFields(new Fields(raw));
const fieldsAt = (address: string): Fields => filterFields(fieldsOfAddress(address));
const addressOf = (fields: Fields): string => paths.audit.to({}, queryOf(fields));
const textsOf = (fields: Fields): string[] => filterChips(fields, NO_WORDS).map(({ text }) => text);

/** As the API keeps a filter: what does not narrow is left out. */
const savedOf = (fields: Fields): string => JSON.stringify(Object.fromEntries(Object.entries(filterIn(fields)).filter(([, value]) => value !== null && String(value) !== '')));

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const day = fc.integer({ min: 1000, max: 40_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10).split('-'));
const ends = fc.record({ from: fc.option(day), to: fc.option(day) }).map(({ from, to }) =>
  Object.fromEntries([['from', from], ['to', to]].flatMap(([name, parts]) => (Array.isArray(parts) ? ['year', 'month', 'day'].map((part, n) => [`${String(name)}.${part}`, parts[n]]) : []))),
);
/** Everything a filter can narrow by, each of it given or not. */
const given = fc
  .tuple(
    fc.record(
      { person: text, agencyCode: text, outcome: text, workspaceReference: text, subject: text, clause: text, purpose: text, itemId: text, correlation: text,
        verb: fc.subarray(Object.keys(VERBS), { maxLength: 4 }), category: fc.subarray(Object.values(Category), { maxLength: 4 }) },
      { requiredKeys: [] },
    ),
    ends,
  )
  .map(([narrowed, days]) => fieldsOf({ ...narrowed, ...days }));

describe('what the log is filtered by', () => {
  it('is the same after any way through an address', () => {
    fc.assert(fc.property(given, (fields) => {
      expect(filterIn(fieldsAt(addressOf(fields)))).toEqual(filterIn(fields));
    }));
  });

  it('is the same after it was saved and is run again', () => {
    fc.assert(fc.property(given, (fields) => {
      expect(filterIn(fieldsAt(paths.audit.to({}, queryOfSaved(savedOf(fields)))))).toEqual(filterIn(fields));
    }));
  });

  it('loses one thing with each chip, and nothing else', () => {
    fc.assert(fc.property(given, (fields) => {
      const chips = filterChips(fields, NO_WORDS);
      for (const [n, { href }] of chips.entries()) expect(textsOf(fieldsAt(href))).toEqual(chips.toSpliced(n, 1).map((chip) => chip.text));
    }));
  });

  it('has a chip for each thing that narrows, and for nothing that does not', () => {
    fc.assert(fc.property(given, (fields) => {
      const narrowing = Object.values(filterIn(fields)).filter((value) => value !== null && String(value) !== '');
      expect(filterChips(fields, NO_WORDS)).toHaveLength(narrowing.length);
    }));
  });

  it('is read from an address whatever stands in it', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('verb', 'category', 'person', 'from.day', 'to.year', '__proto__', 'after'), fc.oneof(text, fc.array(text), fc.constant(7))), (raw) => {
      const fields = fieldsOf(raw);
      expect(filterIn(fieldsAt(addressOf(fields)))).toEqual(filterIn(fields));
    }));
    expect(filterIn(fieldsOf({ verb: ['note.add, item.read', '', ',record.save'], person: ' Priya ' }))).toMatchObject({ verb: ['note.add', 'item.read', 'record.save'], person: 'Priya', outcome: null });
  });

  it('is told in words where there are words', () => {
    const words = new Map([['note.add', 'Added a note'], ['ashworth', 'Ashworth Borough Council']]);
    const chips = filterChips(fieldsOf({ agencyCode: 'ashworth', verb: 'note.add,odd', 'from.day': '1', 'from.month': '06', 'from.year': '2026' }), words);
    expect(chips.map((chip) => chip.text)).toEqual(['Agency: Ashworth Borough Council', 'What was done: Added a note or odd', 'From: 1 June 2026']);
    expect(chips[2]?.href).toBe('/audit?agencyCode=ashworth&verb=note.add%2Codd');
  });
});

describe('the days of a filter', () => {
  const from = (dd: string, mm: string, yyyy: string): Fields => fieldsOf({ 'from.day': dd, 'from.month': mm, 'from.year': yyyy });

  it('run from the first moment in London to the last', () => {
    const one = fieldsAt(paths.audit.to({}, queryOfDay('2026-06-06')));
    expect(filterIn(one)).toMatchObject({ from: '2026-06-05T23:00:00.000Z', to: '2026-06-06T22:59:59.999Z' });
    expect(textsOf(one)).toEqual(['From: 6 June 2026', 'To: 6 June 2026']);
    expect(queryOfDay('2026-12-01')).toEqual({ 'from.day': '1', 'from.month': '12', 'from.year': '2026', 'to.day': '1', 'to.month': '12', 'to.year': '2026' });
  });

  it('are refused where something was entered that is no day, and kept as they were typed', () => {
    for (const fields of [from('31', '2', '2026'), from('', '', '2026'), from('x', '1', '2026')]) {
      expect(dayProblems(fields)).toEqual([{ field: 'from', message: expect.stringMatching(/^From: This is not a day of the calendar\./) }]);
      expect([filterIn(fields).from, textsOf(fields)]).toEqual([null, []]);
      expect(queryOf(fieldsAt(addressOf(fields)))).toEqual(queryOf(fields));
    }
    expect(dayProblems(fieldsOf({ 'to.day': '0' })).map(({ field }) => field)).toEqual(['to']);
  });

  it('are no problem where they are days, or nothing was entered', () => {
    expect(dayProblems(from('29', '2', '2028'))).toEqual([]);
    expect(dayProblems(from(' ', '', ''))).toEqual([]);
    expect(dayProblems(fieldsOf({}))).toEqual([]);
  });
});
