import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { date, dateTime, dayFrom, momentOf } from './dates.js';

describe('dates', () => {
  it('are told in London, in full, with a twelve-hour clock', () => {
    expect(dateTime('2026-06-16T07:06:00Z')).toBe('16 June 2026 at 8:06am');
    expect(dateTime('2026-01-16T20:06:00Z')).toBe('16 January 2026 at 8:06pm');
    expect(dateTime('2026-01-16T00:05:00Z')).toBe('16 January 2026 at 12:05am');
    expect(dateTime('2026-01-16T12:00:00Z')).toBe('16 January 2026 at 12:00pm');
    expect(dateTime('2026-06-30T23:30:00Z')).toBe('1 July 2026 at 12:30am');
  });

  it('keep a plain day as that day', () => {
    expect(date('2026-06-16')).toBe('16 June 2026');
  });

  it('are read from three fields, and only where there is such a day', () => {
    expect(dayFrom('6', '6', '2026')).toBe('2026-06-06');
    expect(dayFrom('31', '2', '2026')).toBeUndefined();
    expect(dayFrom('1', '13', '2026')).toBeUndefined();
    expect(dayFrom('1', '1', '26')).toBeUndefined();
    expect(dayFrom('', '', '')).toBeUndefined();
  });

  it('bound a day by its first and last moment in London, summer and winter', () => {
    expect(momentOf('2026-06-16', 'first')).toBe('2026-06-15T23:00:00.000Z');
    expect(momentOf('2026-06-16', 'last')).toBe('2026-06-16T22:59:59.999Z');
    expect(momentOf('2026-12-31', 'first')).toBe('2026-12-31T00:00:00.000Z');
    expect(momentOf('2026-12-31', 'last')).toBe('2026-12-31T23:59:59.999Z');
  });

  it('say the day that bounds were made of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom('first' as const, 'last' as const), (days, end) => {
        const day = new Date(days * 86_400_000).toISOString().slice(0, 10);
        // Between 1968 and 1971 London kept summer time all year; that experiment is not ours to model.
        fc.pre(day >= '1972-01-01');
        expect(date(momentOf(day, end))).toBe(date(day));
      }),
    );
  });
});
