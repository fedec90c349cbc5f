import type { ExaminedEntry } from './examined-entry.js';
import type { UseRule } from './use-rules.js';

/** A read that wants an explanation, and what there is to explain. */
export interface Cause {
  readonly rule: UseRule;
  readonly entry: ExaminedEntry;
  /** A whole sentence with the figures. Never what was read. */
  readonly evidence: string;
  /** Of causes with one key only the first is raised, so that one night asks for one explanation. */
  readonly onceKey: string;
}

/** Names shorter than this are parts of too many words. */
const LEAST_NAME = 3;

/** Local time in Europe/London: the day as `2026-11-28`, and the hour from 0 to 23. */
export function londonTime(at: Date): { readonly day: string; readonly hour: number } {
  const parts = new Map(LONDON.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
}

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23',
});

/** Whether one read by itself is unusual under `rule`; rules that count or compare with other entries find none here. */
export function judgeRead(rule: UseRule, entry: ExaminedEntry): Cause | undefined {
  switch (rule.when.is) {
    case 'odd-hours':
      return atOddHours(rule, rule.when, entry);
    case 'own-name':
      return ofOwnName(rule, entry);
    case 'many':
    case 'first-look':
    case 'never':
      return undefined;
  }
}

function atOddHours(rule: UseRule, { from, until, exceptRoles }: Extract<UseRule['when'], { is: 'odd-hours' }>, entry: ExaminedEntry): Cause | undefined {
  if (entry.roles.some((role) => exceptRoles.includes(role))) return undefined;
  const { day, hour } = londonTime(entry.at);
  const isOdd = from < until ? hour >= from && hour < until : hour >= from || hour < until;
  if (!isOdd) return undefined;
  // The night belongs to the day on which it began.
  const night = hour < until && from > until ? londonTime(new Date(entry.at.getTime() - 24 * 3_600_000)).day : day;
  return { rule, entry, evidence: `Read between ${clock(from)} and ${clock(until)}.`, onceKey: `${entry.personId} ${night}` };
}

function ofOwnName(rule: UseRule, entry: ExaminedEntry): Cause | undefined {
  const family = words(entry.personName).at(-1) ?? '';
  if (family.length < LEAST_NAME) return undefined;
  const isTitled = words(entry.title ?? '').includes(family);
  if (!isTitled && !words(entry.searched ?? '').includes(family)) return undefined;
  const evidence = isTitled ? 'The title of what was read bears the reader’s family name.' : 'The reader searched for her own family name.';
  return { rule, entry, evidence, onceKey: `${entry.personId} ${entry.subjectId ?? 'search'} ${londonTime(entry.at).day}` };
}

/** In lower case and without accents, so that José Núñez finds NUNEZ. */
function words(text: string): readonly string[] {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
