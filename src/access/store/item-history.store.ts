import type { AgencyId, ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Marking, WorkspaceFacts } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import type { KeptMembership, KeptWorkspace } from '../domain/sight-on-day.js';

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
  readonly workspace: KeptWorkspace;
  readonly agencies: readonly { readonly id: AgencyId; readonly name: string; readonly roles: readonly string[] }[];
}

/** With whose rights a history is read: an auditor's, who reads all of it, or those of the agency the item is from. */
export type HistoryReader = 'auditor' | 'originator';

type MarkingRow = Omit<Marking, 'originator'> & { readonly since: Date };

/** Oldest first: the first that holds is the one cited. */
const MEMBERSHIPS: Readonly<Record<HistoryReader, string>> = {
  auditor: `
    SELECT m.agency_id AS "agencyId", m.valid_from AS "validFrom", m.valid_to AS "validTo",
           json_build_object('agreementId', c.agreement_id, 'code', c.code, 'purpose', c.purpose, 'gateway', c.gateway) AS clause,
           json_build_object('id', a.id, 'reference', a.reference, 'status', a.status, 'validFrom', a.valid_from, 'validTo', a.valid_to,
             'parties', array(SELECT p.agency_id FROM agreement_party p WHERE p.agreement_id = a.id),
             'ceiling', json_build_object('tier', a.ceiling_tier, 'sensitive', a.ceiling_sensitive)) AS agreement,
           (SELECT coalesce(json_agg(json_build_object('since', s.since, 'status', s.status) ORDER BY s.since), '[]')
              FROM agreement_status s WHERE s.agreement_id = a.id) AS statuses
      FROM item i JOIN workspace_member m ON m.workspace_id = i.workspace_id
      JOIN agreement a ON a.id = m.agreement_id JOIN agreement_clause c ON c.id = m.clause_id
     WHERE i.id = $1 ORDER BY m.valid_from`,
  originator: 'SELECT * FROM law.memberships_behind($1)',
};

/** The history of one item as its reader may know it; undefined when there is no such item. */
export async function findItemHistory(work: Work, id: ItemId, reader: HistoryReader): Promise<ItemHistory | undefined> {
  const [item] = await work.sql<{ kind: string; originator: AgencyId; workspaceId: WorkspaceId; leadAgencyId: AgencyId } & WorkspaceFacts['level']>(
    `SELECT i.kind, i.originator_agency_id AS originator, w.id AS "workspaceId", w.lead_agency_id AS "leadAgencyId", w.tier, w.sensitive
       FROM item i JOIN workspace w ON w.id = i.workspace_id WHERE i.id = $1`, [id]);
  if (item === undefined) return undefined;
  const kept = await work.sql<MarkingRow>(
    'SELECT since, tier, sensitive, descriptors, handling, releasable_to AS "releasableTo" FROM item_marking WHERE item_id = $1 ORDER BY since', [id]);
  const markings = kept.map(({ since, ...marking }) => ({ since, marking: { ...marking, originator: item.originator } }));
  const agencies = await work.sql<ItemHistory['agencies'][number]>(
    `SELECT a.id, a.name, coalesce(p.roles_allowed, '{}') AS roles FROM agency a LEFT JOIN agency_idp p ON p.agency_id = a.id ORDER BY a.name`);
  const memberships = await work.sql<KeptMembership>(MEMBERSHIPS[reader], [id]);
  const { leadAgencyId, tier, sensitive, workspaceId } = item;
  return { kind: item.kind, markings, workspace: { id: workspaceId, leadAgencyId, level: { tier, sensitive }, memberships: memberships.map(withDates) }, agencies };
}

/** JSON carries moments as text. */
function withDates(membership: KeptMembership): KeptMembership {
  const { agreement, statuses } = membership;
  return {
    ...membership,
    agreement: { ...agreement, validFrom: new Date(agreement.validFrom), validTo: new Date(agreement.validTo) },
    statuses: statuses.map(({ since, status }) => ({ since: new Date(since), status })),
  };
}
