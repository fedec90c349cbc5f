import type { AgencyId, ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Marking, WorkspaceFacts } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';

type MembershipFacts = WorkspaceFacts['memberships'][number];

/** A marking, and the moment from which on it was the item's. */
export interface MarkingSince {
  readonly since: Date;
  readonly marking: Marking;
}

/** Everything that is kept of who could see an item: in valid time where the tables keep that, as it is now where not. */
export interface ItemHistory {
  readonly kind: string;
  /** Oldest first. */
  readonly markings: readonly MarkingSince[];
  readonly workspace: WorkspaceFacts;
  readonly agencies: readonly { readonly id: AgencyId; readonly name: string }[];
}

type MarkingRow = Omit<Marking, 'originator'> & { readonly since: Date };

/** The history of one item, under the auditor's role; undefined when there is no such item. */
export async function findItemHistory(work: Work, id: ItemId): Promise<ItemHistory | undefined> {
  const [item] = await work.sql<{ readonly kind: string; readonly originator: AgencyId; readonly workspaceId: WorkspaceId }>(
    'SELECT kind, originator_agency_id AS originator, workspace_id AS "workspaceId" FROM item WHERE id = $1', [id]);
  if (item === undefined) return undefined;
  const kept = await work.sql<MarkingRow>(
    'SELECT since, tier, sensitive, descriptors, handling, releasable_to AS "releasableTo" FROM item_marking WHERE item_id = $1 ORDER BY since', [id]);
  const markings = kept.map(({ since, ...marking }) => ({ since, marking: { ...marking, originator: item.originator } }));
  const agencies = await work.sql<{ id: AgencyId; name: string }>('SELECT id, name FROM agency ORDER BY name');
  return { kind: item.kind, markings, workspace: await workspaceOf(work, item.workspaceId), agencies };
}

async function workspaceOf(work: Work, id: WorkspaceId): Promise<WorkspaceFacts> {
  const [workspace] = await work.sql<{ leadAgencyId: AgencyId } & WorkspaceFacts['level']>(
    'SELECT lead_agency_id AS "leadAgencyId", tier, sensitive FROM workspace WHERE id = $1', [id]);
  if (workspace === undefined) throw new Error('An item lies in a workspace that is not there');
  const memberships = await work.sql<MembershipFacts>(
    `SELECT m.agency_id AS "agencyId", m.valid_from AS "validFrom", m.valid_to AS "validTo",
            json_build_object('agreementId', c.agreement_id, 'code', c.code, 'purpose', c.purpose, 'gateway', c.gateway) AS clause,
            json_build_object('id', a.id, 'reference', a.reference, 'status', a.status, 'validFrom', a.valid_from, 'validTo', a.valid_to,
              'parties', array(SELECT p.agency_id FROM agreement_party p WHERE p.agreement_id = a.id),
              'ceiling', json_build_object('tier', a.ceiling_tier, 'sensitive', a.ceiling_sensitive)) AS agreement
       FROM workspace_member m JOIN agreement a ON a.id = m.agreement_id JOIN agreement_clause c ON c.id = m.clause_id
      WHERE m.workspace_id = $1 ORDER BY m.valid_from`, [id]);
  const { leadAgencyId, tier, sensitive } = workspace;
  return { id, leadAgencyId, level: { tier, sensitive }, memberships: memberships.map(withDates) };
}

/** JSON carries moments as text. */
function withDates(membership: MembershipFacts): MembershipFacts {
  const { agreement } = membership;
  return { ...membership, agreement: { ...agreement, validFrom: new Date(agreement.validFrom), validTo: new Date(agreement.validTo) } };
}
