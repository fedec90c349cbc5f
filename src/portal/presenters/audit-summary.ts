import type { AuditData } from '../documents/audit.js';
import { paths, type Query } from '../paths.js';
import { queryOfDay } from './audit-filter.js';
import { date, dateTime, isoOf } from './dates.js';
import { count } from './sizes.js';
import { codeWords, verbWords } from './words.js';

type Summary = NonNullable<AuditData['auditLog']['summary']>;
type Words = (value: string) => string;

/** Height of the chart, and width of one bar with its gap, in units of its own. */
const [HEIGHT, WIDTH, GAP] = [100, 16, 4];
const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** What a filter matches, counted by each facet with a link that narrows to it, and over time. */
export function summaryView({ counted, isAll, counts, unit, volume }: Summary, query: Query, agencies: ReadonlyMap<string, string>): object {
  const facet = (kind: string, title: string, name: string, words: Words): object => ({
    title,
    values: counts.filter((one) => one.facet === kind).map((one) => ({
      text: words(one.value),
      count: count(one.count),
      href: paths.audit.to({}, { ...query, [name]: one.value }),
    })),
  });
  return {
    total: isAll ? count(counted) : `${count(counted)}+`,
    isAll,
    counted: count(counted),
    facets: [
      facet('agency', 'Agency', 'agencyCode', (code) => agencies.get(code) ?? code),
      facet('verb', 'What was done', 'verb', verbWords),
      facet('category', 'Category', 'category', codeWords),
      facet('outcome', 'Outcome', 'outcome', codeWords),
      facet('clause', 'Clause', 'clause', (code) => code),
    ],
    chart: chartView(unit, volume, query),
  };
}

/** Who did it, how often, first and last: names as they were recorded. */
export function peopleView({ counts }: Pick<Summary, 'counts'>, agencies: ReadonlyMap<string, string>): object[] {
  return counts.filter(({ facet }) => facet === 'person').map(({ value, label, agency, count: times, first, last }) => ({
    name: label ?? value,
    agency: agencies.get(agency ?? '') ?? agency ?? '',
    href: paths.auditPerson.to({ id: value }),
    times: count(times),
    first: { text: dateTime(first), iso: isoOf(first) },
    last: { text: dateTime(last), iso: isoOf(last) },
  }));
}

/** Bars for the eye, and the same numbers as a table. */
function chartView(unit: string, volume: Summary['volume'], query: Query): object | undefined {
  if (volume.length === 0) return undefined;
  const most = Math.max(...volume.map((bar) => bar.count));
  const bars = volume.map((bar, n) => {
    const height = bar.count === 0 ? 0 : Math.max(1, Math.round((bar.count / most) * HEIGHT));
    return { x: n * WIDTH, y: HEIGHT - height, height, width: WIDTH - GAP, title: `${periodWords(bar.period)}: ${count(bar.count)}` };
  });
  const rows = volume.filter((bar) => bar.count > 0).map((bar) => ({
    period: periodWords(bar.period),
    count: count(bar.count),
    href: bar.period.length === 10 ? paths.audit.to({}, { ...query, ...queryOfDay(bar.period) }) : undefined,
  }));
  return { unit, bars, rows, width: volume.length * WIDTH - GAP, height: HEIGHT, most: count(most), from: periodWords(volume[0]?.period ?? ''), to: periodWords(volume.at(-1)?.period ?? '') };
}

/** `16 June 2026, 8:00`, `16 June 2026`, `June 2026` or `2026`. */
function periodWords(period: string): string {
  if (period.length === 13) return `${date(period.slice(0, 10))}, ${period.slice(11)}:00`;
  if (period.length === 10) return date(period);
  return period.length === 7 ? MONTH.format(new Date(`${period}-01T12:00:00Z`)) : period;
}
