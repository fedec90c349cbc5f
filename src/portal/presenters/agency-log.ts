import type { AgencyLogRow } from '../documents/fragments.js';
import { paths } from '../paths.js';
import { dateTime, isoOf } from './dates.js';
import { codeWords, kindWords, verbWords } from './words.js';

/** What is said of what a reader may not see, or what is not there: one answer. */
const HIDDEN = 'Something you may not see, or that is not there';

/** One entry of an agency's log as a row. What a reader cannot see is not named, and has no link. */
export function agencyLogRow(entry: AgencyLogRow): object {
  const { at, personId, workspaceId, workspaceReference, clause, purpose } = entry;
  return {
    at: dateTime(at),
    iso: isoOf(at),
    who: entry.person ?? 'The portal itself',
    agency: entry.agency,
    what: verbWords(entry.verb),
    refused: entry.outcome === 'refused',
    category: codeWords(entry.category),
    subject: subjectOf(entry),
    concerned: concernedOf(entry),
    reference: workspaceReference,
    href: workspaceId === null ? undefined : paths.overview.to({ id: workspaceId }),
    only: personId === null ? undefined : paths.agencyLog.to({}, { person: personId }),
    ground: [clause === null ? '' : `Clause ${clause}`, purpose ?? ''].filter((part) => part !== '').join(': '),
  };
}

function subjectOf({ subjectKind, subjectTitle, isHidden }: AgencyLogRow): string {
  if (isHidden) return HIDDEN;
  if (subjectKind === null) return '';
  return subjectTitle === null ? kindWords(subjectKind) : `${kindWords(subjectKind)}: ${subjectTitle}`;
}

/** What was read along, with its marking; and that it was more, without how much. */
function concernedOf({ concerned, hasMore }: AgencyLogRow): string[] {
  const named = concerned.map(({ title, marking }) => `${title} (${marking})`);
  return hasMore ? [...named, 'and more'] : named;
}
