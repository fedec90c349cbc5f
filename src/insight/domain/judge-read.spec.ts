import { describe, expect, it } from '@jest/globals';
import type { ExaminedEntry } from './examined-entry.js';
import { judgeRead, londonTime } from './judge-read.js';
import type { UseRule } from './use-rules.js';

const entry = (more: Partial<ExaminedEntry> = {}): ExaminedEntry => ({
  id: 'e', at: new Date('2026-11-28T12:00:00Z'), verb: 'item.read', outcome: 'done', personId: 'p', personName: 'Amira Rahman',
  agencyId: 'a', roles: ['environmental-health-officer'], workspaceId: 'w', workspaceReference: 'AR-2026-0001', subjectId: 's', itemIds: null, title: null, searched: null, ...more,
});
const rule = (when: UseRule['when']): UseRule => ({ id: 'r', version: 1, effectiveFrom: new Date(0), words: 'Words.', when });
const NIGHT = rule({ is: 'odd-hours', from: 22, until: 6, exceptRoles: ['duty-officer'] });
const NAME = rule({ is: 'own-name' });

describe('a read at odd hours', () => {
  it.each([
    ['2026-11-28T21:59:59Z', undefined], ['2026-11-28T22:00:00Z', 'p 2026-11-28'], ['2026-11-29T00:30:00Z', 'p 2026-11-28'],
    ['2026-11-29T05:59:59Z', 'p 2026-11-28'], ['2026-11-29T06:00:00Z', undefined],
    // In summer London is an hour ahead.
    ['2026-07-01T20:59:59Z', undefined], ['2026-07-01T21:00:00Z', 'p 2026-07-01'], ['2026-07-02T05:00:00Z', undefined],
  ])('at %s is asked about once a night: %s', (at, once) => {
    expect(judgeRead(NIGHT, entry({ at: new Date(at) }))?.onceKey).toBe(once);
  });

  it('is usual for whoever is on duty then, and by day where the odd hours are the day’s', () => {
    expect(judgeRead(NIGHT, entry({ at: new Date('2026-11-28T23:00:00Z'), roles: ['police-officer', 'duty-officer'] }))).toBeUndefined();
    const lunch = rule({ is: 'odd-hours', from: 12, until: 13, exceptRoles: [] });
    expect(judgeRead(lunch, entry())?.evidence).toBe('Read between 12:00 and 13:00.');
    expect(judgeRead(lunch, entry({ at: new Date('2026-11-28T13:00:00Z') }))).toBeUndefined();
  });

  it('knows the hour of London on both sides of the change of clocks', () => {
    expect(londonTime(new Date('2026-10-25T00:30:00Z'))).toEqual({ day: '2026-10-25', hour: 1 });
    expect(londonTime(new Date('2026-10-25T01:30:00Z'))).toEqual({ day: '2026-10-25', hour: 1 });
    expect(londonTime(new Date('2026-01-01T00:00:00Z'))).toEqual({ day: '2026-01-01', hour: 0 });
  });
});

describe('a read of one’s own name', () => {
  it.each([
    ['Rahman Brothers', null], ['14 Mill Lane, RAHMAN', null], [null, 'complaint rahman 2026'],
  ])('is asked about: titled %j, searched %j', (title, searched) => {
    expect(judgeRead(NAME, entry({ title, searched }))).toMatchObject({ onceKey: 'p s 2026-11-28' });
  });

  it.each([['Rahmanian Foods', null], ['Amira’s Kitchen', null], [null, null], [null, 'rah man']])('is not: titled %j, searched %j', (title, searched) => {
    expect(judgeRead(NAME, entry({ title, searched }))).toBeUndefined();
  });

  it('overlooks accents and case, and leaves names of two letters alone', () => {
    expect(judgeRead(NAME, entry({ personName: 'José Núñez', title: 'NUNEZ LTD' }))).toBeDefined();
    expect(judgeRead(NAME, entry({ personName: 'Jin Li', title: 'Li Li Noodles' }))).toBeUndefined();
  });

  it('says that it was, and never what was read or searched for', () => {
    const said = judgeRead(NAME, entry({ title: 'Rahman Brothers, rat poison' }))?.evidence ?? '';
    expect(said).toBe('The title of what was read bears the reader’s family name.');
    expect(judgeRead(NAME, entry({ searched: 'rahman debts', subjectId: null }))).toMatchObject({ evidence: 'The reader searched for her own family name.', onceKey: 'p search 2026-11-28' });
  });
});

it('leaves rules that count to those who count', () => {
  expect(judgeRead(rule({ is: 'many', of: 'reads', moreThan: 0, withinMinutes: 1 }), entry())).toBeUndefined();
  expect(judgeRead(rule({ is: 'first-look', afterDays: 0 }), entry())).toBeUndefined();
});
