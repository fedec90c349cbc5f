import { CustodyAct, custodyState, type ExhibitForm } from '../../../libs/custody/index.js';
import type { ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import { markedColumns, type MarkedRow } from '../../workspaces/index.js';
import { SEEING_ACTS, type SeenBy } from '../domain/recall.js';
import { custodyOf, lockCustody } from './custody.store.js';

/** What must change hands, or be answered, before an agency's part in a case can end. */
export interface Unsettled {
  readonly reference: string;
  readonly title: string;
  readonly why: 'holds' | 'offered';
}

interface Touched {
  readonly id: ItemId;
  readonly reference: string;
  readonly title: string;
  readonly form: ExhibitForm;
}

/**
 * The things an agency holds, and the offers to it that stand, as far as the actor sees the exhibits: one that is hidden from her stops
 * nothing, because a refusal would tell her of it.
 *
 * @param hold - waits for whoever acts on one of them, so that none changes hands before this act has ended.
 */
export async function unsettledWith(work: Work, workspaceId: WorkspaceId, agencyCode: string, hold = false): Promise<Unsettled[]> {
  const rows = await work.sql<Touched>(
    `SELECT i.id, x.reference, i.title, x.form FROM item i JOIN exhibit x ON x.item_id = i.id
      WHERE i.workspace_id = $1 AND EXISTS (SELECT FROM custody_event e WHERE e.item_id = i.id
        AND ((x.form = 'physical' AND e.by_agency = $2) OR (e.act = $3 AND e.to_agency = $2)))
      ORDER BY i.id`,
    [workspaceId, agencyCode, CustodyAct.Offered],
  );
  if (hold) for (const { id } of rows) await lockCustody(work, id);
  const chains = await custodyOf(work, rows.map(({ id }) => id));
  return rows.flatMap(({ id, reference, title, form }): Unsettled[] => {
    const { holder, offer } = custodyState(form, chains.get(id) ?? []);
    if (form === 'physical' && holder?.agency === agencyCode) return [{ reference, title, why: 'holds' }];
    return offer?.toAgency === agencyCode && holder?.agency !== agencyCode ? [{ reference, title, why: 'offered' }] : [];
  });
}

/** An exhibit of others whose content reached people of an agency. */
export interface Reached extends MarkedRow {
  readonly id: ItemId;
  readonly reference: string;
  readonly title: string;
  readonly seen: readonly SeenBy[];
  /**
   * Whether the agency is to be asked what became of its copies: it could have come to some since it was last asked, and it still sees the
   * exhibit. To ask it of one it no longer sees would tell it of a marking it does not know; there its originator asks, by recalling it.
   */
  readonly isToAsk: boolean;
}

/** What people of an agency opened or took of a case's exhibits that are not its own, as far as the actor sees them. */
export async function reachedBy(work: Work, workspaceId: WorkspaceId, agencyCode: string): Promise<Reached[]> {
  return work.sql(
    `SELECT i.id, x.reference, i.title, ${markedColumns('i', 'o')},
            (SELECT json_agg(json_build_object('person', e.by_name, 'act', e.act, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY e.seq)
               FROM custody_event e WHERE e.item_id = i.id AND e.by_agency = $2 AND e.act = ANY ($3)) AS seen,
            taker.id IN (SELECT law.agencies_that_may_see_item(i.id)) AND coalesce((SELECT max(e.at) FROM custody_event e WHERE e.item_id = i.id AND e.by_agency = $2 AND e.act = ANY ($3))
              >= (SELECT max(r.recalled_at) FROM exhibit_recall r WHERE r.item_id = i.id AND r.agency_id = taker.id), true) AS "isToAsk"
       FROM item i JOIN exhibit x ON x.item_id = i.id JOIN agency o ON o.id = i.originator_agency_id JOIN agency taker ON taker.code = $2
      WHERE i.workspace_id = $1 AND x.form = 'file' AND o.code <> $2
        AND EXISTS (SELECT FROM custody_event e WHERE e.item_id = i.id AND e.by_agency = $2 AND e.act = ANY ($3))
      ORDER BY i.created_at, i.id`,
    [workspaceId, agencyCode, SEEING_ACTS],
  );
}

/** How many items of a case an agency brought, as far as the actor sees them: they stay. */
export async function broughtBy(work: Work, workspaceId: WorkspaceId, agencyCode: string): Promise<number> {
  const [row] = await work.sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM item i JOIN agency o ON o.id = i.originator_agency_id WHERE i.workspace_id = $1 AND o.code = $2', [workspaceId, agencyCode]);
  return row?.count ?? 0;
}
