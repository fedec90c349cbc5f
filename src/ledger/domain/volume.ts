/** How long each bar of a chart lasts. */
export type VolumeUnit = 'hour' | 'day' | 'month' | 'year';

/** How many acts there were in one hour, day, month or year of London time. */
export interface VolumeBar {
  /** `2026-06-16T08`, `2026-06-16`, `2026-06` or `2026`. */
  readonly period: string;
  readonly count: number;
}

const HOUR_MS = 3_600_000;
/** Bars that a page has room for. */
const MOST_BARS = 62;
const UNITS: readonly { readonly unit: VolumeUnit; readonly step: number; readonly length: number }[] = [
  { unit: 'hour', step: HOUR_MS, length: 13 },
  { unit: 'day', step: 12 * HOUR_MS, length: 10 },
  { unit: 'month', step: 20 * 24 * HOUR_MS, length: 7 },
  { unit: 'year', step: 300 * 24 * HOUR_MS, length: 4 },
];

const LONDON = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' });

/**
 * Counts by the hour as the bars of a chart, from the first to the last and none left out, in the finest unit that fits.
 *
 * @param hours - the beginning of each hour in which there was something, and how much
 */
export function volumeOf(hours: readonly { readonly at: Date; readonly count: number }[]): { readonly unit: VolumeUnit; readonly bars: readonly VolumeBar[] } {
  const times = hours.map(({ at }) => at.getTime());
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const fitting = UNITS.map(({ unit, step, length }) => ({ unit, length, bars: hours.length === 0 ? new Map<string, number>() : emptyBars(first, last, step, length) }));
  const { unit, length, bars } = fitting.find((one) => one.bars.size <= MOST_BARS) ?? fitting[fitting.length - 1] ?? { unit: 'year', length: 4, bars: new Map<string, number>() };
  for (const { at, count } of hours) bars.set(periodOf(at.getTime(), length), (bars.get(periodOf(at.getTime(), length)) ?? 0) + count);
  return { unit, bars: [...bars].map(([period, count]) => ({ period, count })) };
}

/** Every period from the first to the last; steps shorter than a period, so that none is jumped over. */
function emptyBars(first: number, last: number, step: number, length: number): Map<string, number> {
  const bars = new Map<string, number>();
  for (let time = first; time < last && bars.size <= MOST_BARS; time += step) bars.set(periodOf(time, length), 0);
  if (bars.size <= MOST_BARS) bars.set(periodOf(last, length), 0);
  return bars;
}

function periodOf(time: number, length: number): string {
  return LONDON.format(time).replace(' ', 'T').slice(0, length);
}
