import { printMarking } from '../../../libs/policy/index.js';
import type { AgencyLogEntry } from '../api/agency-log.views.js';
import { readBody, whoActed, type AuditBody } from '../domain/audit-entry.js';
import { NAMED, type AgencyLogRow } from '../store/agency-log-rows.js';

/** Kinds of what has a policy of its own who sees it; whatever else an entry is about is named by its kind alone. */
const GUARDED: readonly (string | null | undefined)[] = ['workspace', 'item', 'note', 'record', 'finding', 'exhibit'];

/** What somebody of the reader's own agency did, with the ground her agency had for it where the reader sees the case. */
export function presentOwn(row: AgencyLogRow): AgencyLogEntry {
  const body = readBody(row.body);
  const ground = row.case_now === null ? NO_GROUND : groundOf(body);
  return { ...said(row, body), ...ground, personId: body.actor?.person ?? null, concerned: [], hasMore: false };
}

/**
 * What somebody else did. By which clause another agency is let in is between it and who leads; what it is called like and
 * along with what it was read is told as far as this reader sees it now.
 */
export function presentOther(row: AgencyLogRow): AgencyLogEntry {
  const body = readBody(row.body);
  const ground = row.case_now?.leads === true ? groundOf(body) : NO_GROUND;
  const concerned = (row.concerned ?? []).map((one) => ({ title: one.title, marking: printMarking(one) }));
  return { ...said(row, body), ...ground, personId: null, concerned: concerned.slice(0, NAMED), hasMore: concerned.length > NAMED };
}

const NO_GROUND = { agreement: null, clause: null, purpose: null };

function groundOf({ agreement, clause, purpose }: AuditBody): Pick<AgencyLogEntry, 'agreement' | 'clause' | 'purpose'> {
  return { agreement: agreement ?? null, clause: clause ?? null, purpose: purpose ?? null };
}

type Said = Omit<AgencyLogEntry, 'agreement' | 'clause' | 'purpose' | 'personId' | 'concerned' | 'hasMore'>;

function said({ id, at, case_now: seenCase, subject_now: item }: AgencyLogRow, body: AuditBody): Said {
  const kind = body.subject?.kind ?? null;
  const shown = item ?? (kind === 'workspace' ? seenCase : null);
  const isHidden = GUARDED.includes(kind) && shown === null;
  return {
    id,
    at,
    verb: body.verb,
    category: body.category,
    outcome: body.outcome,
    person: whoActed(body),
    agency: body.actor?.agencyName ?? null,
    workspaceId: seenCase?.id ?? null,
    workspaceReference: seenCase?.reference ?? null,
    // Whether something is there that she may not see, or nothing at all, is one answer.
    subjectKind: isHidden ? null : kind,
    subjectTitle: shown?.title ?? null,
    subjectMarking: shown && printMarking(shown),
    isHidden,
  };
}
