import type { EntryRow } from '../documents/fragments.js';
import { paths } from '../paths.js';
import { dateTime, dayOf, isoOf } from './dates.js';
import { codeWords, kindWords, verbWords } from './words.js';

/** One entry of the ledger as a row; `href` only for those who may open entries. */
export function entryRow(entry: EntryRow, opens: boolean): object {
  return {
    href: opens ? paths.auditEntry.to({ id: entry.id }) : undefined,
    story: opens ? storiesOf(entry) : {},
    at: dateTime(entry.at),
    iso: isoOf(entry.at),
    what: verbWords(entry.verb),
    refused: entry.outcome === 'refused',
    category: codeWords(entry.category),
    who: entry.person ?? 'The portal itself',
    agency: entry.agency ?? '',
    subject: subjectOf(entry),
    reference: entry.workspaceReference,
    ground: [entry.clause === null ? '' : `Clause ${entry.clause}`, entry.purpose ?? ''].filter((part) => part !== '').join(': '),
  };
}

/** Kinds of things an entry can be about that have a story of their own. */
const ITEMS: readonly (string | null)[] = ['note', 'record', 'finding', 'exhibit'];

/** Where the stories stand that an entry belongs to. */
export function storiesOf({ at, personId, subjectId, subjectKind }: EntryRow): { person?: string; item?: string; day: string } {
  return {
    ...(personId === null ? {} : { person: paths.auditPerson.to({ id: personId }) }),
    ...(subjectId !== null && ITEMS.includes(subjectKind) ? { item: paths.auditItem.to({ id: subjectId }) } : {}),
    day: paths.auditDay.to({ day: dayOf(at) }),
  };
}

/** What an entry is about: `Note: Visit on 3 June`. */
export function subjectOf({ subjectKind, subjectTitle }: EntryRow): string {
  if (subjectKind === null) return '';
  return subjectTitle === null ? kindWords(subjectKind) : `${kindWords(subjectKind)}: ${subjectTitle}`;
}
