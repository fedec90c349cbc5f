import type { ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { ItemKind } from './item.store.js';
import { markedColumns, type MarkedRow } from './rows.js';

/** So many items of a case that are marked alike and come of one agency. */
export interface AlikeRow extends MarkedRow {
  readonly count: number;
}

/** All items of a case that the actor sees, by what decides who may see them: few rows, however many items. */
export async function alikeItems(work: Work, workspaceId: WorkspaceId): Promise<AlikeRow[]> {
  return work.sql(
    `SELECT ${markedColumns('i', 'o')}, i.count FROM (
       SELECT tier, sensitive, descriptors, handling, releasable_to, originator_agency_id, count(*)::int AS count FROM item
        WHERE workspace_id = $1 GROUP BY tier, sensitive, descriptors, handling, releasable_to, originator_agency_id
     ) i JOIN agency o ON o.id = i.originator_agency_id`,
    [workspaceId],
  );
}

/** An item by its title. */
export interface TitledRow extends MarkedRow {
  readonly id: ItemId;
  readonly kind: ItemKind;
  readonly title: string;
}

/** The newest items of a case that the actor sees. */
export async function newestItems(work: Work, workspaceId: WorkspaceId, most: number): Promise<TitledRow[]> {
  return work.sql(
    `SELECT i.id, i.kind, i.title, ${markedColumns('i', 'o')} FROM item i JOIN agency o ON o.id = i.originator_agency_id
      WHERE i.workspace_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT $2`,
    [workspaceId, most],
  );
}
