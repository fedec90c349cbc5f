import type { UnusualUseRow } from '../documents/fragments.js';
import { paths } from '../paths.js';
import { dateTime, isoOf } from './dates.js';
import { verbWords } from './words.js';

type Side = UnusualUseRow['sides'][number];

/** One row of the board. */
export function unusualUseRow(use: UnusualUseRow): object {
  return {
    href: paths.unusualUse.to({ id: use.id }),
    words: use.words,
    evidence: use.evidence,
    who: use.person,
    agency: use.agency.name,
    what: verbWords(use.verb),
    reference: use.workspaceReference,
    at: dateTime(use.happenedAt),
    iso: isoOf(use.happenedAt),
    sides: use.sides.map((side) => ({ agency: side.agency.name, tag: sideTag(side) })),
  };
}

/** How far one agency has come, in words and in a colour. */
export function sideTag({ assignee, answeredAt, closedAt, outcome }: Side): { text: string; classes: string } {
  if (closedAt !== null) return { text: `Closed: ${outcomeWords(outcome)}`, classes: 'govuk-tag--green' };
  if (answeredAt !== null) return { text: 'Answered', classes: 'govuk-tag--blue' };
  return assignee === null ? { text: 'Nobody asked yet', classes: 'govuk-tag--red' } : { text: `Asked: ${assignee}`, classes: 'govuk-tag--yellow' };
}

/** Everything one agency has done about it. */
export function sideView(side: Side): object {
  const { agency, assignee, assignedAt, answer, answeredAt, closing, closedBy, closedAt } = side;
  return {
    agency: agency.name,
    tag: sideTag(side),
    asked: assignee === null || assignedAt === null ? undefined : `${assignee}, ${dateTime(assignedAt)}`,
    answer,
    answered: answeredAt === null ? undefined : dateTime(answeredAt),
    closing,
    closed: closedAt === null ? undefined : `${closedBy ?? ''}, ${dateTime(closedAt)}`,
  };
}

function outcomeWords(outcome: string | null): string {
  return outcome === 'taken-up' ? 'taken up' : 'explained';
}
