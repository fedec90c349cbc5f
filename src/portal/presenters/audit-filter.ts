import type { AuditVariables } from '../documents/audit.js';
import { Fields } from '../page/fields.js';
import type { Problem } from '../page/problems.js';
import { paths, type Query } from '../paths.js';
import { date, dayFrom, dayOf, momentOf } from './dates.js';

export type AuditFilter = AuditVariables['filter'];

/** Filters of one value, with what people call them. */
const SINGLE = [
  ['person', 'Person'], ['agencyCode', 'Agency'], ['outcome', 'Outcome'], ['workspaceReference', 'Investigation'], ['subject', 'Title'],
  ['clause', 'Clause'], ['purpose', 'Purpose'], ['itemId', 'Item'], ['correlation', 'Request'],
] as const;
/** Filters of any of several values; in an address they stand behind each other with commas. */
const SEVERAL = [['verb', 'What was done'], ['category', 'Category']] as const;
const DAYS = [['from', 'From'], ['to', 'To']] as const;
const PARTS = ['day', 'month', 'year'] as const;

/** What the address says (attacker-controlled), with every list as a list. */
export function filterFields(query: Fields): Fields {
  const lists = SEVERAL.map(([name]) => [name, query.list(name).flatMap((text) => text.split(',')).map((text) => text.trim()).filter((text) => text !== '')] as const);
  return new Fields({ ...Object.fromEntries(query.all()), ...Object.fromEntries(lists) });
}

/** The filter for the API; a day of which nothing is entered does not narrow. */
export function filterIn(fields: Fields): AuditFilter {
  return {
    ...Object.fromEntries(SINGLE.map(([name]) => [name, fields.text(name) || null])),
    ...Object.fromEntries(SEVERAL.map(([name]) => [name, fields.list(name)])),
    from: momentIn(fields, 'from', 'first'),
    to: momentIn(fields, 'to', 'last'),
  };
}

/** A day of which anything was entered must be one. */
export function dayProblems(fields: Fields): readonly Problem[] {
  return DAYS.flatMap(([name, label]) => {
    const isGiven = PARTS.some((part) => fields.text(`${name}.${part}`) !== '');
    if (!isGiven || dayIn(fields, name) !== undefined) return [];
    return [{ field: name, message: `${label}: This is not a day of the calendar. Enter day, month and year, such as 21 11 2026, or leave all three empty.` }];
  });
}

/** The filter as the query of an address. */
export function queryOf(fields: Fields): Query {
  const names = [...SINGLE.map(([name]) => name), ...DAYS.flatMap(([name]) => PARTS.map((part) => `${name}.${part}`))];
  return { ...Object.fromEntries(names.map((name) => [name, fields.text(name)])), ...Object.fromEntries(SEVERAL.map(([name]) => [name, fields.list(name).join(',')])) };
}

/** A filter as it was saved, as the query of an address. */
export function queryOfSaved(saved: string): Query {
  const filter = JSON.parse(saved) as Readonly<Record<string, string | readonly string[]>>;
  return Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => {
    if (name !== 'from' && name !== 'to') return [[name, typeof value === 'string' ? value : value.join(',')]];
    const [year = '', month = '', day = ''] = dayOf(String(value)).split('-');
    return [[`${name}.day`, String(Number(day))], [`${name}.month`, String(Number(month))], [`${name}.year`, year]];
  }));
}

/** The query of one day's filter. */
export function queryOfDay(day: string): Query {
  return queryOfSaved(JSON.stringify({ from: momentOf(day, 'first'), to: momentOf(day, 'last') }));
}

/** What is filtered by, each with a link that takes it away; `words` says what a value is called, `at` where the list stands. */
export function filterChips(fields: Fields, words: ReadonlyMap<string, string>, at = (kept: Query): string => paths.audit.to({}, kept)): { text: string; href: string }[] {
  const query = queryOf(fields);
  const without = (...gone: readonly string[]): string => at(Object.fromEntries(Object.entries(query).filter(([name]) => !gone.includes(name))));
  const called = (value: string): string => words.get(value) ?? value;
  const single = SINGLE.filter(([name]) => fields.text(name) !== '').map(([name, label]) => ({ text: `${label}: ${called(fields.text(name))}`, href: without(name) }));
  const several = SEVERAL.filter(([name]) => fields.list(name).length > 0).map(([name, label]) => ({ text: `${label}: ${fields.list(name).map(called).join(' or ')}`, href: without(name) }));
  const days = DAYS.flatMap(([name, label]) => {
    const day = dayIn(fields, name);
    return day === undefined ? [] : [{ text: `${label}: ${date(day)}`, href: without(...PARTS.map((part) => `${name}.${part}`)) }];
  });
  return [...single, ...several, ...days];
}

function dayIn(fields: Fields, name: string): string | undefined {
  return dayFrom(fields.text(`${name}.day`), fields.text(`${name}.month`), fields.text(`${name}.year`));
}

function momentIn(fields: Fields, name: string, end: 'first' | 'last'): string | null {
  const day = dayIn(fields, name);
  return day === undefined ? null : momentOf(day, end);
}
