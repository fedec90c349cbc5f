import type { AgencyId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { MarkingColumns } from '../domain/printed-marking.js';
import type { ItemKind } from './item.store.js';
import { receivable, sightIn } from './scope.js';

/** How many items of one kind and one marking the agency may see in a workspace. */
export interface TallyRow extends MarkingColumns {
  readonly kind: ItemKind;
  readonly count: number;
}

/** Counts only what is in the agency's sight: a count is an output like any other (law 3). */
export async function tallyItems(work: Work, agency: AgencyId, workspaceId: WorkspaceId): Promise<TallyRow[]> {
  return work.sql<TallyRow>(
    `SELECT i.kind, i.tier, i.sensitive, i.descriptors, i.handling, count(*)::int AS count
       FROM item i JOIN (${sightIn('$3')}) sight ON sight.workspace_id = i.workspace_id
      WHERE i.workspace_id = $3 AND ${receivable('i', 'i.originator_agency_id', 'sight.ceiling')}
      GROUP BY i.kind, i.tier, i.sensitive, i.descriptors, i.handling`,
    [agency, work.at, workspaceId],
  );
}
