import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { peopleView, summaryView } from './audit-summary.js';

type Summary = Parameters<typeof summaryView>[0];
type Count = Summary['counts'][number];
interface Facet { title: string; values: { text: string; count: string; href: string }[] }
interface Chart {
  unit: string; width: number; height: number; most: string; from: string; to: string;
  bars: { x: number; y: number; height: number; width: number; title: string }[];
  rows: { period: string; count: string; href: string | undefined }[];
}
interface View { total: string; counted: string; isAll: boolean; facets: Facet[]; chart: Chart | undefined }

const SUMMARY: Summary = { counted: 1234, isAll: true, counts: [], unit: 'day', volume: [] };
const AGENCIES = new Map([['ashworth', 'Ashworth Borough Council']]);

const view = (change: Partial<Summary> = {}, query = {}): View => summaryView({ ...SUMMARY, ...change }, query, AGENCIES) as View;
const chartOf = (volume: Summary['volume'], query = {}): Chart => {
  const { chart } = view({ volume }, query);
  if (chart === undefined) throw new Error('There is no chart.');
  return chart;
};
const counted = (facet: string, value: string, count: number): Count => ({ facet, value, label: null, agency: null, count, first: '2026-06-01T08:00:00Z', last: '2026-06-02T08:00:00Z' });
const facetOf = ({ facets }: View, title: string): Facet['values'] => facets.find((facet) => facet.title === title)?.values ?? [];

describe('the counts of a filter', () => {
  it('say the total, and that there is more where not all was counted', () => {
    expect(view()).toMatchObject({ total: '1,234', counted: '1,234', isAll: true });
    expect(view({ counted: 10_000, isAll: false })).toMatchObject({ total: '10,000+', counted: '10,000', isAll: false });
  });

  it('are shown facet by facet in words, each leading to what it counts', () => {
    const shown = view({ counts: [counted('verb', 'note.add', 1200), counted('agency', 'ashworth', 3), counted('agency', 'gone', 1), counted('category', 'sign-in', 2), counted('outcome', 'refused', 4), counted('clause', '4.1', 5)] }, { person: 'Priya', verb: 'item.read' });
    expect(facetOf(shown, 'What was done')).toEqual([{ text: 'Added a note', count: '1,200', href: '/audit?person=Priya&verb=note.add' }]);
    expect(facetOf(shown, 'Agency')).toEqual([
      { text: 'Ashworth Borough Council', count: '3', href: '/audit?person=Priya&verb=item.read&agencyCode=ashworth' },
      { text: 'gone', count: '1', href: '/audit?person=Priya&verb=item.read&agencyCode=gone' },
    ]);
    expect(['Category', 'Outcome', 'Clause'].map((title) => facetOf(shown, title)[0]?.text)).toEqual(['Sign in', 'Refused', '4.1']);
  });

  it('leave every facet in its place where nothing was counted', () => {
    expect(view({ counted: 0 }).facets.map(({ title, values }) => [title, values.length])).toEqual([['Agency', 0], ['What was done', 0], ['Category', 0], ['Outcome', 0], ['Clause', 0]]);
  });

  it('name people as they were recorded, and by their id where they were not', () => {
    const priya = { ...counted('person', 'p1', 1500), label: 'Priya Shah', agency: 'ashworth' };
    expect(peopleView({ counts: [priya, counted('verb', 'note.add', 9), { ...counted('person', 'p/2', 1), agency: 'gone' }, counted('person', 'p3', 1)] }, AGENCIES)).toMatchObject([
      { name: 'Priya Shah', agency: 'Ashworth Borough Council', href: '/audit/people/p1', times: '1,500', first: { text: '1 June 2026 at 9:00am', iso: '2026-06-01T08:00:00.000Z' }, last: { text: '2 June 2026 at 9:00am' } },
      { name: 'p/2', agency: 'gone', href: '/audit/people/p%2F2' },
      { name: 'p3', agency: '' },
    ]);
  });
});

describe('the chart of a filter', () => {
  it('is not there where nothing was counted', () => {
    expect(view().chart).toBeUndefined();
  });

  it('has one bar of full height where all was at one time', () => {
    expect(chartOf([{ period: '2026-06-16', count: 1500 }])).toMatchObject({
      unit: 'day', width: 12, height: 100, most: '1,500', from: '16 June 2026', to: '16 June 2026', bars: [{ x: 0, y: 0, height: 100, width: 12, title: '16 June 2026: 1,500' }],
    });
  });

  it('calls each period by its name', () => {
    const names = (...periods: string[]): string[] => chartOf(periods.map((period) => ({ period, count: 1 }))).rows.map(({ period }) => period);
    expect(names('2026-06-16T08', '2026-06-16', '2026-06', '2026')).toEqual(['16 June 2026, 08:00', '16 June 2026', 'June 2026', '2026']);
  });

  it('leads from a day to that day, and from no other period', () => {
    const [day, month] = chartOf([{ period: '2026-06-16', count: 1 }, { period: '2026-06', count: 1 }], { person: 'Priya', 'from.day': '1' }).rows;
    expect(day?.href).toBe('/audit?person=Priya&from.day=16&from.month=6&from.year=2026&to.day=16&to.month=6&to.year=2026');
    expect(month?.href).toBeUndefined();
  });

  it('is drawn to scale, and says the same numbers as the table beside it', () => {
    const volume = fc.array(fc.nat({ max: 100_000 }), { minLength: 1, maxLength: 20 }).map((counts) => counts.map((count, n) => ({ period: `2026-06-${String(n + 1).padStart(2, '0')}`, count })));
    fc.assert(fc.property(volume, (given) => {
      const { bars, rows, width, height, most } = chartOf(given);
      const highest = Math.max(...given.map(({ count }) => count));
      expect(most).toBe(highest.toLocaleString('en-GB'));
      expect(bars.filter((bar) => bar.height > 0).map(({ title }) => title)).toEqual(rows.map((row) => `${row.period}: ${row.count}`));
      expect(rows.map((row) => Number(row.count.replaceAll(',', '')))).toEqual(given.map(({ count }) => count).filter((count) => count > 0));
      for (const [n, bar] of bars.entries()) {
        const share = (given[n]?.count ?? 0) / Math.max(1, highest);
        expect(Math.abs(bar.height - share * height)).toBeLessThanOrEqual(1);
        expect(bar.y + bar.height).toBe(height);
        expect(bar.x + bar.width).toBeLessThanOrEqual(bars[n + 1]?.x ?? width);
      }
    }));
  });
});
