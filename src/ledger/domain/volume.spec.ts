import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { volumeOf } from './volume.js';

const HOUR_MS = 3_600_000;
const hours = (...at: readonly string[]) => at.map((text) => ({ at: new Date(text), count: 1 }));
const periods = (...at: readonly string[]): readonly string[] => volumeOf(hours(...at)).bars.map(({ period }) => period);
const shape = (...at: readonly string[]): string => {
  const { unit, bars } = volumeOf(hours(...at));
  return `${bars.length} ${unit} ${bars[0]?.period ?? ''} ${bars.at(-1)?.period ?? ''}`;
};

/** How far a period lies from a fixed beginning, in periods of its kind; hours by the clock on the wall. */
function placeOf(period: string): number {
  const [year = 0, month = 1, day = 1, hour = 0] = period.split(/[-T]/).map(Number);
  if (period.length === 4) return year;
  if (period.length === 7) return year * 12 + month;
  return Date.UTC(year, month - 1, day, hour) / (period.length === 10 ? 24 * HOUR_MS : HOUR_MS);
}

describe('the bars of a chart', () => {
  it('are none for nothing', () => {
    expect(volumeOf([])).toEqual({ unit: 'hour', bars: [] });
  });

  it('are one for one hour, by the clock in London', () => {
    expect(volumeOf([{ at: new Date('2026-06-16T07:00:00Z'), count: 3 }])).toEqual({ unit: 'hour', bars: [{ period: '2026-06-16T08', count: 3 }] });
    expect(volumeOf([{ at: new Date('2026-12-16T07:00:00Z'), count: 3 }])).toEqual({ unit: 'hour', bars: [{ period: '2026-12-16T07', count: 3 }] });
  });

  it('show the hours between with nothing in them, in order, whatever order they come in', () => {
    const told = [{ at: new Date('2026-11-28T12:00:00Z'), count: 2 }, { at: new Date('2026-11-28T09:00:00Z'), count: 5 }];
    expect(volumeOf(told).bars).toEqual([
      { period: '2026-11-28T09', count: 5 }, { period: '2026-11-28T10', count: 0 }, { period: '2026-11-28T11', count: 0 }, { period: '2026-11-28T12', count: 2 },
    ]);
  });

  it('hold the hour that comes twice in one, and leave out the one that never comes', () => {
    expect(volumeOf(hours('2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z')).bars).toEqual([{ period: '2026-10-25T01', count: 2 }, { period: '2026-10-25T02', count: 1 }]);
    expect(periods('2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z')).toEqual(['2026-03-29T00', '2026-03-29T02', '2026-03-29T03']);
  });

  it('name midnight as the first hour of its day', () => {
    expect(periods('2026-11-28T00:00:00Z', '2026-11-28T00:00:00Z')).toEqual(['2026-11-28T00']);
    expect(periods('2026-06-15T23:00:00Z')).toEqual(['2026-06-16T00']);
  });

  it.each([
    [['2026-11-01T00:00:00Z', '2026-11-03T13:00:00Z'], '62 hour 2026-11-01T00 2026-11-03T13'],
    [['2026-11-01T00:00:00Z', '2026-11-03T14:00:00Z'], '3 day 2026-11-01 2026-11-03'],
    [['2026-10-01T12:00:00Z', '2026-12-01T01:00:00Z'], '62 day 2026-10-01 2026-12-01'],
    [['2026-10-01T12:00:00Z', '2026-12-02T01:00:00Z'], '3 month 2026-10 2026-12'],
    [['2026-01-31T23:00:00Z', '2031-02-01T00:00:00Z'], '62 month 2026-01 2031-02'],
    [['2026-01-31T23:00:00Z', '2031-03-01T00:00:00Z'], '6 year 2026 2031'],
  ])('are of the finest unit of which a page holds all: %j is %s', (at, expected) => {
    expect(shape(...at)).toBe(expected);
  });

  it('count everything once, leave no period out and fit on a page, whatever is counted', () => {
    // Half a century, so that every unit comes up and the clocks change within.
    const moment = fc.integer({ min: Date.UTC(2026, 0) / HOUR_MS, max: Date.UTC(2076, 0) / HOUR_MS });
    const near = fc.tuple(moment, fc.constantFrom(24, 24 * 50, 24 * 1_500, 24 * 10_000), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }));
    fc.assert(fc.property(near, fc.nat(1_000), ([first, span, parts], count) => {
      const told = parts.map((part) => ({ at: new Date((first + Math.floor(part * span)) * HOUR_MS), count }));
      const { unit, bars } = volumeOf(told);
      expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(count * told.length);
      expect(bars.length).toBeLessThanOrEqual(62);
      const gaps = bars.slice(1).map(({ period }, at) => placeOf(period) - placeOf(bars[at]?.period ?? ''));
      // By the hour two bars lie an hour further apart in the night the clocks go forward.
      expect(gaps.filter((gap) => gap !== 1).every((gap) => unit === 'hour' && gap === 2)).toBe(true);
      expect(gaps.filter((gap) => gap === 2).length).toBeLessThanOrEqual(1);
      if (count > 0) expect([bars[0]?.count, bars.at(-1)?.count]).not.toContain(0);
    }));
  });
});
