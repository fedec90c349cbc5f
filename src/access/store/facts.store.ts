import type { AgencyId, AgreementId, ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Facts, Level, Marking, WorkspaceFacts } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';

type MembershipFacts = WorkspaceFacts['memberships'][number];

/** An item and the workspace it lies in, as far as a decision needs them. */
export interface ItemInWorkspace {
  readonly workspace: WorkspaceFacts;
  readonly item: Marking;
}

/** What an actor's decision about one workspace rests on. */
export interface CaseFacts {
  readonly workspace: WorkspaceFacts;
  readonly agencyKind: Facts['agencyKind'];
}

interface WorkspaceRow {
  readonly id: WorkspaceId;
  readonly lead_agency_id: AgencyId;
  readonly tier: Level['tier'];
  readonly sensitive: boolean;
  readonly agency_kind: NonNullable<Facts['agencyKind']> | null;
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

interface NoMembership {
  readonly agency_id: null;
}

type FactsRow = WorkspaceRow & (MembershipRow | NoMembership);

/** A workspace under row-level security: undefined also when it exists and may not be known of. */
export async function findCaseFacts(work: Work, id: WorkspaceId): Promise<CaseFacts | undefined> {
  const [row, ...more] = await work.sql<FactsRow>(caseFacts('w.id = $1'), [id, work.context.actor?.agencyId ?? null]);
  return row && caseFactsOf([row, ...more]);
}

/** The same for several workspaces at once; those that may not be known of are left out. */
export async function findFactsOfCases(work: Work, ids: readonly WorkspaceId[]): Promise<ReadonlyMap<WorkspaceId, CaseFacts>> {
  const rows = await work.sql<FactsRow>(caseFacts('w.id = ANY ($1::uuid[])'), [ids, work.context.actor?.agencyId ?? null]);
  const byCase = new Map<WorkspaceId, [FactsRow, ...FactsRow[]]>();
  for (const row of rows) byCase.set(row.id, [...(byCase.get(row.id) ?? []), row] as [FactsRow, ...FactsRow[]]);
  return new Map([...byCase].map(([id, own]) => [id, caseFactsOf(own)]));
}

function caseFactsOf(rows: readonly [FactsRow, ...FactsRow[]]): CaseFacts {
  const [row] = rows;
  const { tier, sensitive } = row;
  const memberships = rows.flatMap((each) => (each.agency_id === null ? [] : [membershipOf(each)]));
  return {
    workspace: { id: row.id, leadAgencyId: row.lead_agency_id, level: { tier, sensitive }, memberships },
    agencyKind: row.agency_kind ?? undefined,
  };
}

/**
 * One statement for all of it, because every act on a case begins here: each workspace, once for each of the actor's agency's
 * own memberships, oldest first (the first that holds is the one cited), or once with none.
 */
const caseFacts = (which: string): string => `
  SELECT w.id, w.lead_agency_id, w.tier, w.sensitive, (SELECT y.kind FROM agency y WHERE y.id = $2) AS agency_kind,
         m.agency_id, m.valid_from, m.valid_to, a.id AS agreement_id, a.reference, a.status,
         a.valid_from AS agreement_from, a.valid_to AS agreement_to, a.ceiling_tier, a.ceiling_sensitive,
         array(SELECT p.agency_id FROM agreement_party p WHERE p.agreement_id = a.id) AS parties,
         c.agreement_id AS clause_agreement_id, c.code, c.purpose, c.gateway
    FROM workspace w
    LEFT JOIN (workspace_member m
      JOIN agreement a ON a.id = m.agreement_id
      JOIN agreement_clause c ON c.id = m.clause_id) ON m.workspace_id = w.id AND m.agency_id = $2
   WHERE ${which}
   ORDER BY m.valid_from`;

/** An item under row-level security, with its workspace. */
export async function findItemFacts(work: Work, id: ItemId): Promise<ItemInWorkspace | undefined> {
  const [row] = await work.sql<Marking & { readonly workspaceId: WorkspaceId }>(
    `SELECT workspace_id AS "workspaceId", tier, sensitive, descriptors, handling, originator_agency_id AS originator,
            releasable_to AS "releasableTo" FROM item WHERE id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { workspaceId, ...item } = row;
  const found = await findCaseFacts(work, workspaceId);
  return found && { workspace: found.workspace, item };
}

/** What kind of agency the actor acts for. */
export async function findAgencyKind(work: Work): Promise<Facts['agencyKind']> {
  const [row] = await work.sql<{ kind: NonNullable<Facts['agencyKind']> }>('SELECT kind FROM agency WHERE id = $1', [
    work.context.actor?.agencyId ?? null,
  ]);
  return row?.kind;
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
