const ZONE = 'Europe/London';

const DATE = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' });
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: 'numeric', minute: '2-digit', hour12: true });

/** `16 June 2026 at 8:06am`, in London. */
export function dateTime(value: string | Date): string {
  const at = new Date(value);
  const { hour = '', minute = '', dayPeriod = '' } = partsOf(at);
  return `${DATE.format(at)} at ${hour === '0' ? '12' : hour}:${minute}${dayPeriod.toLowerCase().replace(/[^a-z]/g, '')}`;
}

/** `16 June 2026`, in London. A plain `YYYY-MM-DD` is that very day. */
export function date(value: string | Date): string {
  return DATE.format(typeof value === 'string' && value.length === 10 ? new Date(`${value}T12:00:00Z`) : new Date(value));
}

/** The day of London in which a moment lies, `YYYY-MM-DD`. */
export function dayOf(value: string | Date): string {
  return DAY.format(new Date(value));
}

/** ISO 8601 in UTC, for `<time datetime>`. */
export function isoOf(value: string | Date): string {
  return new Date(value).toISOString();
}

function partsOf(at: Date): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  return Object.fromEntries(CLOCK.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** A day typed in three fields, as `YYYY-MM-DD`; undefined when there is no such day. */
export function dayFrom(day: string, month: string, year: string): string | undefined {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined;
}

/** First or last moment in London of a day `YYYY-MM-DD`, as ISO in UTC. */
export function momentOf(day: string, end: 'first' | 'last'): string {
  return momentAt(day, end === 'first' ? '00:00:00.000' : '23:59:59.999');
}

/** The last moment in London of a minute `HH:MM` of a day `YYYY-MM-DD`, as ISO in UTC; of two, where clocks go back, the first. */
export function minuteOf(day: string, minute: string): string {
  return momentAt(day, `${minute}:59.999`);
}

/** A minute `HH:MM` in London of a day `YYYY-MM-DD` as it begins, as ISO in UTC; of two, where clocks go back, the first. */
export function momentFrom(day: string, minute: string): string {
  return momentAt(day, `${minute}:00.000`);
}

function momentAt(day: string, clock: string): string {
  const summer = new Date(`${day}T${clock}+01:00`);
  const isSummer = Number(partsOf(summer).hour ?? '0') % 12 === Number(clock.slice(0, 2)) % 12;
  return (isSummer ? summer : new Date(`${day}T${clock}Z`)).toISOString();
}

/** A time of day typed as `9:05` or `09:05`, as `HH:MM`; undefined when there is no such time. */
export function minuteFrom(text: string): string | undefined {
  const [, hour = '', minute = ''] = /^(\d{1,2})[:.](\d{2})$/.exec(text) ?? [];
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined;
}
