import type { ActorRef, AgencyId, AgreementId, PersonId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import { agencyJson, type AgencyRow } from './rows.js';

/** A membership in force, with what it rests on as far as this reader may know it. */
export interface MemberRow {
  readonly agency: AgencyRow & { readonly kind: string };
  readonly lead: boolean;
  readonly valid_from: Date;
  readonly valid_to: Date | null;
  /** Null for the lead, and where the reader's agency is no party to the agreement. */
  readonly agreement: string | null;
  readonly clause: string | null;
  readonly purpose: string | null;
}

/**
 * The agencies that take part in a workspace now, the lead first. Row-level security hides agreements between others:
 * what such a membership rests on stays blank, and whether it has lapsed is then not this reader's to know.
 */
export async function membersOf(work: Work, workspaceId: WorkspaceId): Promise<MemberRow[]> {
  return work.sql<MemberRow>(
    `SELECT ${agencyJson('a')}::jsonb || jsonb_build_object('kind', a.kind) AS agency, m.agency_id = w.lead_agency_id AS lead,
            m.valid_from, m.valid_to, basis.reference AS agreement, c.code AS clause,
            CASE WHEN basis.id IS NULL THEN NULL ELSE m.purpose END AS purpose
       FROM workspace_member m
       JOIN workspace w ON w.id = m.workspace_id
       JOIN agency a ON a.id = m.agency_id
       LEFT JOIN agreement basis ON basis.id = m.agreement_id
       LEFT JOIN agreement_clause c ON c.id = m.clause_id
      WHERE m.workspace_id = $1 AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to > $2)
        AND (basis.id IS NULL OR (basis.status = 'live' AND basis.valid_from <= $2 AND basis.valid_to > $2))
      ORDER BY lead DESC, m.valid_from, a.name`,
    [workspaceId, work.at],
  );
}

/**
 * Whether an agency's membership stands, to be asked under {@link lockInvitations}. One that began while this act waited for
 * its turn counts, though it is later than the act's own time: memberships never begin in the future.
 */
export async function isMemberAlready(work: Work, workspaceId: WorkspaceId, agencyId: AgencyId): Promise<boolean> {
  const rows = await work.sql(
    `SELECT 1 FROM workspace_member m LEFT JOIN agreement basis ON basis.id = m.agreement_id
      WHERE m.workspace_id = $1 AND m.agency_id = $2 AND (m.valid_to IS NULL OR m.valid_to > $3)
        AND (basis.id IS NULL OR (basis.status = 'live' AND basis.valid_to > $3)) LIMIT 1`,
    [workspaceId, agencyId, work.at],
  );
  return rows.length > 0;
}

/** What a new membership is made of. The lead agency's own has no basis. */
export interface NewMember {
  readonly workspaceId: WorkspaceId;
  readonly agencyId: AgencyId;
  readonly basis: { readonly agreementId: AgreementId; readonly clauseId: string; readonly purpose: string } | null;
  readonly until: Date | null;
  readonly invitedBy: PersonId;
  readonly invitedByName: string;
}

/** Writes a membership that begins with this act. */
export async function insertMember(work: Work, member: NewMember): Promise<void> {
  await work.sql(
    `INSERT INTO workspace_member (workspace_id, agency_id, agreement_id, clause_id, purpose, invited_by, invited_by_name, valid_from, valid_to)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      member.workspaceId,
      member.agencyId,
      member.basis?.agreementId ?? null,
      member.basis?.clauseId ?? null,
      member.basis?.purpose ?? null,
      member.invitedBy,
      member.invitedByName,
      work.at,
      member.until,
    ],
  );
}

/** Lets one invitation to a workspace be decided at a time, so that two at once do not make an agency a member twice. */
export async function lockInvitations(work: Work, workspaceId: WorkspaceId): Promise<void> {
  await work.sql(`SELECT pg_advisory_xact_lock(hashtextextended('concordat invitation ' || $1, 0))`, [workspaceId]);
}

/** What is kept of the end of a membership beside when it was. */
export interface MemberEnd {
  readonly workspaceId: WorkspaceId;
  readonly agency: AgencyRow;
  readonly reason: string;
  readonly title: string;
  readonly by: ActorRef;
}

/** Keeps who ends an agency's membership and why, to be called under {@link lockInvitations}. What had begun and ended before stays as it was. */
export async function keepEnd(work: Work, { workspaceId, agency, reason, title, by }: MemberEnd): Promise<void> {
  await work.sql(
    `INSERT INTO member_end (workspace_id, agency_id, began_at, ended_at, ended_by, ended_by_name, ended_by_agency_id, ended_by_agency_name, agency_name, workspace_title, reason)
     SELECT m.workspace_id, m.agency_id, m.valid_from, $3::timestamptz, $4::uuid, $5, $6::uuid, $7, $8, $9, $10 FROM workspace_member m WHERE ${RUNNING}`,
    [workspaceId, agency.id, work.at, by.personId, by.displayName, by.agencyId, by.agencyName, agency.name, title, reason],
  );
}

/** Ends an agency's membership at the time of this act. The last that is asked of the case: whoever leaves sees nothing of it from here on. */
export async function endMember(work: Work, workspaceId: WorkspaceId, agencyId: AgencyId): Promise<void> {
  await work.sql(`UPDATE workspace_member m SET valid_to = $3 WHERE ${RUNNING}`, [workspaceId, agencyId, work.at]);
}

const RUNNING = 'm.workspace_id = $1 AND m.agency_id = $2 AND m.valid_from < $3 AND (m.valid_to IS NULL OR m.valid_to > $3)';

/**
 * Whether an agency takes part by a membership that could be ended, whatever has become of its agreement. One that was ended while this
 * act waited does not, also where the time of that end is later than that of this act, which began before it.
 */
export async function runsMembership(work: Work, workspaceId: WorkspaceId, agencyId: AgencyId): Promise<boolean> {
  return (await work.sql(`SELECT 1 FROM workspace_member m
      WHERE ${RUNNING} AND NOT EXISTS (SELECT FROM member_end e WHERE e.workspace_id = m.workspace_id AND e.agency_id = m.agency_id AND e.began_at = m.valid_from) LIMIT 1`, [workspaceId, agencyId, work.at])).length > 0;
}

/** An end of a membership, for the agency that leads and the one whose it was. */
export interface FormerMember {
  readonly agencyId: AgencyId;
  readonly agencyName: string;
  readonly since: Date;
  readonly until: Date;
  readonly endedBy: string;
  readonly endedByAgency: string;
  readonly reason: string;
}

/** The memberships of a case that were ended before their time, the latest first. */
export async function formerMembersOf(work: Work, workspaceId: WorkspaceId): Promise<FormerMember[]> {
  return work.sql(
    `SELECT agency_id AS "agencyId", agency_name AS "agencyName", began_at AS since, ended_at AS until, ended_by_name AS "endedBy", ended_by_agency_name AS "endedByAgency", reason
       FROM member_end WHERE workspace_id = $1 ORDER BY ended_at DESC, agency_name LIMIT 100`,
    [workspaceId],
  );
}
