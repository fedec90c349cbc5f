import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldsOfAddress } from '../page/address.js';
import { pagination } from './pagination.js';

interface Links { landmarkLabel: string; previous?: { text: string; href: string }; next?: { text: string; href: string } }

const QUERY = { person: 'Priya Shah', verb: '' };
const links = (after: string, endCursor: string | null, hasNextPage: boolean): Links | undefined => pagination('/audit', QUERY, after, { endCursor, hasNextPage }) as Links | undefined;

describe('the pages of a list', () => {
  it('have no links where there is one page', () => {
    expect(links('', null, false)).toBeUndefined();
    // The end of the only page has a cursor too, and it leads nowhere.
    expect(links('', 'c1', false)).toBeUndefined();
  });

  it('lead forward from the first, and not back', () => {
    expect(links('', 'c1', true)).toEqual({ landmarkLabel: 'Pages of this list', next: { text: 'Next page', href: '/audit?person=Priya+Shah&after=c1' } });
  });

  it('lead back to the first from the last, and not forward', () => {
    expect(links('c1', 'c2', false)).toEqual({ landmarkLabel: 'Pages of this list', previous: { text: 'First page', href: '/audit?person=Priya+Shah' } });
    expect(links('c9', null, false)).toEqual(links('c1', 'c2', false));
  });

  it('lead nowhere without a cursor', () => {
    expect(links('c1', null, true)?.next).toBeUndefined();
  });

  it('never lead on from where the reader already is', () => {
    expect(pagination('/audit', { ...QUERY, after: 'c1' }, 'c1', { endCursor: 'c2', hasNextPage: true })).toMatchObject({ next: { href: '/audit?person=Priya+Shah&after=c2' } });
  });

  it('keep what the list was narrowed by, and the cursor, whatever they are', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => one.trim() === one);
    fc.assert(fc.property(text, text, text, (subject, after, endCursor) => {
      const shown = pagination('/audit', { subject }, after, { endCursor, hasNextPage: true }) as Links;
      const [first, next] = [shown.previous?.href ?? '', shown.next?.href ?? ''].map(fieldsOfAddress);
      expect([first?.text('subject'), first?.text('after')]).toEqual([subject, '']);
      expect([next?.text('subject'), next?.text('after')]).toEqual([subject, endCursor]);
    }));
  });
});
