import type { RecallRow } from '../documents/fragments.js';
import { paths } from '../paths.js';
import { dateTime } from './dates.js';

const ACTS: Readonly<Record<string, string>> = { viewed: 'viewed it in the page', opened: 'opened it as a file', copied: 'took a sealed copy' };
const COPIES: Readonly<Record<string, string>> = { none: 'There are no copies', destroyed: 'All copies were destroyed', kept: 'A copy is kept' };

/** Whether the agency it was taken back from has not said yet what became of its copies. */
export function waits({ answeredAt }: RecallRow): boolean {
  return answeredAt === null;
}

/** What one person did with an exhibit, as a line. */
export function seenLine({ person, act, at }: RecallRow['seen'][number]): string {
  return `${person} ${ACTS[act] ?? act}, ${dateTime(at)}`;
}

/** One recall, in words. */
export function recallView(recall: RecallRow): object {
  const { id, from, by, recalledBy, recalledAt, workspaceReference, reference, title, reason, why, seen, copies, answer, answeredBy, answeredAt } = recall;
  return {
    href: paths.recall.to({ id }),
    from, by, workspaceReference, reference, title, reason, answer,
    // Who ends an agency's part need not be of the agency the exhibit is from.
    who: why === 'left' ? recalledBy : `${recalledBy}, ${by}`,
    hasLeft: why === 'left',
    at: dateTime(recalledAt),
    seen: seen.map(seenLine),
    copies: copies === null ? undefined : (COPIES[copies] ?? copies),
    answered: answeredBy === null || answeredAt === null ? undefined : `${answeredBy}, ${dateTime(answeredAt)}`,
  };
}
