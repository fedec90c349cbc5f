import type { AgencyId, PersonId, Role, WorkspaceId } from '../../../libs/kernel/index.js';
import { worksOnCases } from '../../../libs/policy/index.js';
import { placeOf, type Placed, type Work } from '../../platform/index.js';

interface AgencyRow {
  readonly id: AgencyId;
  readonly code: string;
  readonly name: string;
}

/** How far one agency has come with its part. */
export interface SideRow {
  readonly agency: AgencyRow;
  readonly assigneeId: PersonId | null;
  readonly assignee: string | null;
  readonly assignedAt: Date | null;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly outcome: string | null;
  readonly closing: string | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
}

/** A read that wants an explanation, with the sides row-level security shows this actor. */
export interface UnusualUseRow extends Placed {
  readonly id: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly words: string;
  readonly evidence: string;
  readonly entryId: string;
  readonly verb: string;
  readonly happenedAt: Date;
  readonly foundAt: Date;
  readonly personId: PersonId;
  readonly person: string;
  readonly agencies: readonly AgencyId[];
  readonly agency: AgencyRow;
  readonly workspaceId: WorkspaceId | null;
  readonly workspaceReference: string | null;
  readonly sides: readonly SideRow[];
}

const agency = (alias: string): string => `json_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`;

/** Row-level security narrows both tables to what this actor may see. */
const SELECT = `
  SELECT u.id, u.rule, u.rule_version AS "ruleVersion", u.rule_words AS words, u.evidence, u.entry_id AS "entryId", u.verb, u.happened_at AS "happenedAt",
         u.found_at AS "foundAt", u.person_id AS "personId", u.person_name AS person, u.agencies, ${agency('r')} AS agency,
         u.workspace_id AS "workspaceId", u.workspace_reference AS "workspaceReference", ${placeOf('u.found_at', 'u.id')},
         (SELECT json_agg(json_build_object('agency', ${agency('a')}, 'assigneeId', s.assignee_id, 'assignee', s.assignee_name, 'assignedAt', s.assigned_at,
                   'answer', s.answer, 'answeredAt', s.answered_at, 'outcome', s.outcome, 'closing', s.closing, 'closedBy', s.closed_by_name,
                   'closedAt', s.closed_at) ORDER BY s.agency_id <> u.agencies[1])
            FROM unusual_use_side s JOIN agency a ON a.id = s.agency_id WHERE s.unusual_use_id = u.id) AS sides
    FROM unusual_use u JOIN agency r ON r.id = u.agencies[1]`;

/** Which of them a list shows. */
export type UseState = 'open' | 'closed' | 'all' | 'mine';

const STATES: Readonly<Record<UseState, string>> = {
  open: 'EXISTS (SELECT FROM unusual_use_side s WHERE s.unusual_use_id = u.id AND s.closed_at IS NULL)',
  closed: 'NOT EXISTS (SELECT FROM unusual_use_side s WHERE s.unusual_use_id = u.id AND s.closed_at IS NULL)',
  all: 'true',
  mine: 'EXISTS (SELECT FROM unusual_use_side s WHERE s.unusual_use_id = u.id AND s.assignee_id = (SELECT law.person()) AND s.answered_at IS NULL AND s.closed_at IS NULL)',
};

/** The newest first, after the place given. */
export async function listUses(work: Work, state: UseState, [at, id]: readonly [string | null, string | null], limit: number): Promise<readonly UnusualUseRow[]> {
  const rows = await work.sql<UnusualUseRow>(
    `${SELECT} WHERE ${STATES[state]} AND ($1::timestamptz IS NULL OR (u.found_at, u.id) < ($1::timestamptz, $2::uuid))
      ORDER BY u.found_at DESC, u.id DESC LIMIT $3`,
    [at, id, limit],
  );
  return rows.map(withDates);
}

/** One of them, or undefined when there is none that this actor may see. */
export async function findUse(work: Work, id: string): Promise<UnusualUseRow | undefined> {
  const [row] = await work.sql<UnusualUseRow>(`${SELECT} WHERE u.id = $1`, [id]);
  return row && withDates(row);
}

/** JSON has no dates. */
function withDates(row: UnusualUseRow): UnusualUseRow {
  const date = (text: Date | null): Date | null => (text === null ? null : new Date(text));
  const sides = (row.sides as readonly SideRow[] | null) ?? [];
  return { ...row, sides: sides.map((side) => ({ ...side, assignedAt: date(side.assignedAt), answeredAt: date(side.answeredAt), closedAt: date(side.closedAt) })) };
}

/** Somebody who can be asked for an explanation. */
export interface Colleague {
  readonly id: PersonId;
  readonly name: string;
}

/** People of an agency who can be asked: those who are not shut out and work on cases. */
export async function findColleagues(work: Work, agencyId: AgencyId): Promise<readonly Colleague[]> {
  const people = await work.sql<Colleague & { readonly roles: readonly Role[] }>(
    'SELECT id, display_name AS name, roles FROM person WHERE agency_id = $1 AND disabled_at IS NULL ORDER BY display_name, id',
    [agencyId],
  );
  return people.flatMap(({ id, name, roles }) => (worksOnCases(roles) ? [{ id, name }] : []));
}
