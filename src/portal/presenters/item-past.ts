import type { ItemPastParts, ItemStateEntryParts } from '../documents/fragments.js';
import type { Fields } from '../page/fields.js';
import type { Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { date, dateTime, dayFrom, dayOf, isoOf, minuteFrom, minuteOf, momentOf } from './dates.js';
import { FormView } from './form.js';
import { verbWords } from './words.js';

const NAMES: Readonly<Record<string, string>> = { status: 'Status', title: 'Title', marking: 'Marking', owner: 'Owner', recipients: 'Shared with' };
const STATUSES: Readonly<Record<string, string>> = { kept: 'Kept in the investigation', 'not-made-yet': 'Not made yet' };
const NOT_KNOWN: Readonly<Record<string, string>> = {
  unsaid: 'Not known: the entry that set it does not say.',
  withheld: 'Not known to you: another agency set it, and it has changed since.',
  unknown: 'Not known: no entry that you may see says it.',
};

/** What was asked for in an address (attacker-controlled): a moment, the end of today where there is nothing, or what is wrong. */
export interface AskedMoment {
  /** ISO in UTC; undefined when what was entered is none. */
  readonly at: string | undefined;
  readonly day: string;
  readonly time: string;
  readonly problems: readonly Problem[];
}

/** The moment an address asks for: the last one of its minute, or of its day where it names no time. */
export function momentIn(query: Fields): AskedMoment {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => query.text(`on.${part}`)) as [string, string, string];
  const time = query.text('time');
  const chosen = day === '' && month === '' && year === '' ? dayOf(new Date()) : dayFrom(day, month, year);
  const minute = time === '' ? undefined : minuteFrom(time);
  const problems = [
    ...(chosen === undefined ? [{ field: 'on', message: 'Day: This is not a day of the calendar. Enter day, month and year, such as 21 11 2026.' }] : []),
    ...(time !== '' && minute === undefined ? [{ field: 'time', message: 'Time: This is not a time of day. Enter hours and minutes, such as 14:30, or leave it empty for the end of the day.' }] : []),
  ];
  if (chosen === undefined || problems.length > 0) return { at: undefined, day: chosen ?? '', time, problems };
  return { at: minute === undefined ? momentOf(chosen, 'last') : minuteOf(chosen, minute), day: chosen, time, problems };
}

/** `16 June 2026 at 14:30`, or the end of a day; of a moment that has not come, that it is as of now. */
export function momentWords({ at, day, time }: AskedMoment, now = new Date()): string {
  if (at !== undefined && new Date(at) > now) return 'Now';
  return `${date(day)}${time === '' ? ', at the end of the day' : ` at ${time}`}`;
}

/** The form that asks for a moment, as it was filled in or for the moment shown. */
export function momentForm(query: Fields, problems: readonly Problem[], { day }: AskedMoment): object {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const form = new FormView(query, problems, { 'on.day': dayOfMonth, 'on.month': month, 'on.year': year });
  return { on: form.date('on', { label: 'Day' }), time: form.input('time', { label: 'Time', hint: 'In London, such as 14:30. Left empty, the end of the day.', classes: 'govuk-input--width-5' }) };
}

/**
 * An item as it was, part by part, each with the entry that says so.
 *
 * @param opens - whether the reader opens entries and their proofs; who does not is given the number to name to an auditor
 */
export function pastView({ parts, invited }: ItemPastParts, opens: boolean): object {
  return {
    rows: parts.map(({ name, value, how, entry }) => ({
      name: NAMES[name] ?? name,
      value: value === null ? NOT_KNOWN[how] ?? 'Not known.' : valueWords(name, value),
      isKnown: value !== null,
      by: entry && { ...entryLine(entry, opens), words: how === 'read' ? 'As it was read' : 'Set' },
    })),
    invited: invited.map((entry) => ({ ...entryLine(entry, opens), who: entry.recipients.join(', ') })),
  };
}

function valueWords(name: string, value: string): string {
  if (name === 'status') return STATUSES[value] ?? value.replace(/^version-(\d+)$/, 'Version $1');
  return name === 'recipients' && value === '' ? 'No other agency' : value;
}

function entryLine({ id, at, verb, person, agency }: ItemStateEntryParts, opens: boolean): object {
  const who = [person ?? 'The portal itself', ...(agency === null ? [] : [agency])].join(', ');
  const links = opens ? { href: paths.auditEntry.to({ id }), proof: paths.entryProof.to({ id }) } : {};
  return { id, at: dateTime(at), iso: isoOf(at), what: verbWords(verb), by: who, ...links };
}
