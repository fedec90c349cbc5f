import type { AgencyId, AgreementId, ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Facts, Level, Marking, WorkspaceFacts } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';

type MembershipFacts = WorkspaceFacts['memberships'][number];

/** An item and the workspace it lies in, as far as a decision needs them. */
export interface ItemInWorkspace {
  readonly workspace: WorkspaceFacts;
  readonly item: Marking;
}

interface WorkspaceRow {
  readonly id: WorkspaceId;
  readonly lead_agency_id: AgencyId;
  readonly tier: Level['tier'];
  readonly sensitive: boolean;
}

interface MembershipRow {
  readonly agency_id: AgencyId;
  readonly valid_from: Date;
  readonly valid_to: Date | null;
  readonly agreement_id: AgreementId;
  readonly reference: string;
  readonly status: MembershipFacts['agreement']['status'];
  readonly agreement_from: Date;
  readonly agreement_to: Date;
  readonly ceiling_tier: Level['tier'];
  readonly ceiling_sensitive: boolean;
  readonly parties: readonly AgencyId[];
  readonly clause_agreement_id: AgreementId;
  readonly code: string;
  readonly purpose: string;
  readonly gateway: string;
}

/** A workspace under row-level security: undefined also when it exists and may not be known of. */
export async function findWorkspaceFacts(work: Work, id: WorkspaceId): Promise<WorkspaceFacts | undefined> {
  const [row] = await work.sql<WorkspaceRow>('SELECT id, lead_agency_id, tier, sensitive FROM workspace WHERE id = $1', [id]);
  if (!row) return undefined;
  const { tier, sensitive } = row;
  return { id: row.id, leadAgencyId: row.lead_agency_id, level: { tier, sensitive }, memberships: await findMemberships(work, id) };
}

/** An item under row-level security, with its workspace. */
export async function findItemFacts(work: Work, id: ItemId): Promise<ItemInWorkspace | undefined> {
  const [row] = await work.sql<Marking & { readonly workspaceId: WorkspaceId }>(
    `SELECT workspace_id AS "workspaceId", tier, sensitive, descriptors, handling, originator_agency_id AS originator,
            releasable_to AS "releasableTo" FROM item WHERE id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { workspaceId, ...item } = row;
  const workspace = await findWorkspaceFacts(work, workspaceId);
  return workspace && { workspace, item };
}

/** What kind of agency the actor acts for. */
export async function findAgencyKind(work: Work): Promise<Facts['agencyKind']> {
  const [row] = await work.sql<{ kind: NonNullable<Facts['agencyKind']> }>('SELECT kind FROM agency WHERE id = $1', [
    work.context.actor?.agencyId ?? null,
  ]);
  return row?.kind;
}

/** The actor's agency's own memberships, oldest first: the first that holds is the one cited. */
async function findMemberships(work: Work, id: WorkspaceId): Promise<MembershipFacts[]> {
  const rows = await work.sql<MembershipRow>(
    `SELECT m.agency_id, m.valid_from, m.valid_to, a.id AS agreement_id, a.reference, a.status,
            a.valid_from AS agreement_from, a.valid_to AS agreement_to, a.ceiling_tier, a.ceiling_sensitive,
            array(SELECT p.agency_id FROM agreement_party p WHERE p.agreement_id = a.id) AS parties,
            c.agreement_id AS clause_agreement_id, c.code, c.purpose, c.gateway
       FROM workspace_member m
       JOIN agreement a ON a.id = m.agreement_id
       JOIN agreement_clause c ON c.id = m.clause_id
      WHERE m.workspace_id = $1 AND m.agency_id = $2
      ORDER BY m.valid_from`,
    [id, work.context.actor?.agencyId ?? null],
  );
  return rows.map(membershipOf);
}

function membershipOf(row: MembershipRow): MembershipFacts {
  return {
    agencyId: row.agency_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    agreement: {
      id: row.agreement_id,
      reference: row.reference,
      status: row.status,
      validFrom: row.agreement_from,
      validTo: row.agreement_to,
      parties: row.parties,
      ceiling: { tier: row.ceiling_tier, sensitive: row.ceiling_sensitive },
    },
    clause: { agreementId: row.clause_agreement_id, code: row.code, purpose: row.purpose, gateway: row.gateway },
  };
}
