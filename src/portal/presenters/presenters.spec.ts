import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printMarking } from '../../../libs/policy/index.js';
import { Fields } from '../page/fields.js';
import { idOfField, problemsOf } from '../page/problems.js';
import { paths, withQuery } from '../paths.js';
import { FormView } from './form.js';
import { groundOf, markingOf, markingProblems } from './marking-form.js';
import { listed, markingView, pageMarking } from './marking.js';
import { pagination } from './pagination.js';
import { count, size } from './sizes.js';
import { verbWords } from './words.js';

const ASHWORTH = { id: 'a', code: 'ashworth', name: 'Ashworth Borough Council' };
const POLICE = { id: 'p', code: 'northmoor-police', name: 'Northmoor Police' };

describe('the marking of a page', () => {
  it('is the highest of what it shows, with every term', () => {
    expect(pageMarking(['OFFICIAL', 'OFFICIAL-SENSITIVE - LEGAL', 'OFFICIAL - COMMERCIAL - RECIPIENTS ONLY'])).toBe('OFFICIAL-SENSITIVE - COMMERCIAL - LEGAL - RECIPIENTS ONLY');
  });

  it('is absent where nothing marked is shown', () => {
    expect(pageMarking([])).toBeUndefined();
    expect(pageMarking([null, undefined, ''])).toBeUndefined();
  });

  it('never falls when more is shown', () => {
    const marking = fc.record({ sensitive: fc.boolean(), descriptors: fc.subarray(['LEGAL', 'MEDICAL']), handling: fc.subarray(['RECIPIENTS ONLY']) });
    fc.assert(
      fc.property(fc.array(marking, { minLength: 1 }), (shown) => {
        const whole = pageMarking(shown.map((one) => printMarking({ tier: 1, ...one }))) ?? '';
        for (const one of shown) {
          expect(whole.startsWith('OFFICIAL-SENSITIVE') || !one.sensitive).toBe(true);
          for (const term of [...one.descriptors, ...one.handling]) expect(whole.split(' - ')).toContain(term);
        }
      }),
    );
  });

  it('names the originator among those who may see it', () => {
    const kept = { text: 'OFFICIAL', sensitive: false, descriptors: [], handling: [], originator: POLICE, releasableTo: [ASHWORTH] };
    expect(markingView(kept).audience).toBe('Only Northmoor Police and Ashworth Borough Council');
    expect(markingView({ ...kept, releasableTo: null }).audience).toBe('Every agency in this investigation');
  });
});

describe('a form', () => {
  const me = { agency: POLICE } as Parameters<typeof markingOf>[1];

  it('gives back every value and says what is wrong at its field', () => {
    const form = new FormView(new Fields({ title: ' Kitchen ', 'marking.descriptors': ['LEGAL', 'MEDICAL'] }), [{ field: 'title', message: 'Too short' }]);
    expect(form.input('title', { label: 'Title' })).toMatchObject({ id: 'title', value: 'Kitchen', errorMessage: { text: 'Too short' } });
    expect(form.choices('marking.descriptors', { label: 'D' }, [{ value: 'LEGAL', text: 'L' }, { value: 'POLICY', text: 'P' }])).toMatchObject({ idPrefix: 'marking-descriptors', items: [{ checked: true }, { checked: false }] });
  });

  it('starts from its defaults only while nothing was sent', () => {
    expect(new FormView(new Fields(), [], { title: 'Old' }).value('title')).toBe('Old');
    expect(new FormView(new Fields({ title: '' }), [], { title: 'Old' }).value('title')).toBe('');
  });

  it('always keeps the sender’s own agency among those chosen', () => {
    expect(markingOf(new Fields({ audience: 'chosen', 'marking.releasableTo': 'a', 'marking.sensitive': 'yes' }), me)).toEqual({ sensitive: true, descriptors: [], handling: [], releasableTo: ['p', 'a'] });
    expect(markingOf(new Fields({ audience: 'everyone', 'marking.releasableTo': 'a' }), me).releasableTo).toBeNull();
  });

  it('does not take silence for a choice of who may see something', () => {
    expect(markingProblems(new Fields({ 'marking.sensitive': 'no' }), true).map(({ field }) => field)).toEqual(['audience']);
    expect(markingProblems(new Fields({ audience: 'chosen', 'marking.sensitive': 'no' }), true).map(({ field }) => field)).toEqual(['marking.releasableTo']);
  });

  it('does not widen sight to everybody when agencies were picked without script', () => {
    expect(markingProblems(new Fields({ audience: 'everyone', 'marking.releasableTo': 'a', 'marking.sensitive': 'no' }), true).map(({ field }) => field)).toEqual(['audience']);
  });

  it('maps the faults of the API to its own fields', () => {
    expect(problemsOf({ message: 'No.', faults: [{ field: 'input.business.name', message: 'Enter it.' }] })).toEqual([{ field: 'business.name', message: 'Enter it.' }]);
    expect(problemsOf({ message: 'Nothing here.', faults: [] })).toEqual([{ field: '', message: 'Nothing here.' }]);
    expect(idOfField('business.name')).toBe('business-name');
  });

  it('reads fields by name alone, whatever shape was sent', () => {
    const fields = new Fields({ title: ['one', 'two'], nested: { title: 'x' }, text: 'a\r\nb' });
    expect([fields.text('title'), fields.text('nested'), fields.text('toString'), fields.prose('text')]).toEqual(['two', '', '', 'a\nb']);
  });
});

describe('addresses', () => {
  it('escape what they are made of', () => {
    expect(paths.exhibit.to({ id: 'a/b', exhibitId: '?x' })).toBe('/investigations/a%2Fb/evidence/%3Fx');
  });

  it('leave out what says nothing', () => {
    expect(withQuery('/alerts', { state: '', after: null, tab: 'a b' })).toBe('/alerts?tab=a+b');
  });

  it('lead forward by cursor and back to the first page', () => {
    expect(pagination('/alerts', { state: 'open' }, '', { endCursor: null, hasNextPage: false })).toBeUndefined();
    expect(pagination('/alerts', { state: 'open' }, 'c1', { endCursor: 'c2', hasNextPage: true })).toMatchObject({ previous: { href: '/alerts?state=open' }, next: { href: '/alerts?state=open&after=c2' } });
  });
});

describe('words', () => {
  it.each([[0, '0 bytes'], [1, '1 byte'], [999, '999 bytes'], [1000, '1 KB'], [1536, '1.5 KB'], [200_000_000, '200 MB'], [10_737_418_240, '11 GB']])('%d bytes are %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it('say numbers, lists and grounds as people do', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect(listed(['A', 'B', 'C'])).toBe('A, B and C');
    expect(verbWords('note.add')).toBe('Added a note');
    expect(verbWords('thing.never-heard-of')).toBe('Thing never heard of');
    const member = { agency: POLICE, lead: false, since: '2026-06-01T00:00:00Z', until: '2028-12-31T12:00:00Z', agreement: 'ISA-2026-01', clause: '4.1', purpose: null };
    expect(groundOf(member)).toBe('Under clause 4.1 of ISA-2026-01, until 31 December 2028');
  });
});
