import type { AgencyId, WorkspaceId } from '../../../libs/kernel/index.js';
import { type Placed, placeOf, type Work } from '../../platform/index.js';
import type { MarkingColumns } from '../domain/printed-marking.js';
import type { ItemKind } from './item.store.js';
import { receivable, sightIn } from './scope.js';

/** What can have happened. */
export type EventKind = ItemKind | 'opened' | 'invited' | 'record-version';

/** One thing that happened. Its own marking is that of what it happened to. */
export interface EventRow extends MarkingColumns, Placed {
  readonly kind: EventKind;
  readonly at: Date;
  readonly title: string;
  readonly who: string;
  readonly agency: string;
  readonly item_id: string | null;
}

const OPENED = ['title', 'lead_agency_id', 'created_at', 'created_by_name', 'tier', 'sensitive', 'descriptors', 'handling'];

/** SQL: the workspace `$3` and its items in the reader's sight, each read once whatever is then made of them. */
const IN_SIGHT = `
  sight AS MATERIALIZED (${sightIn('$3', OPENED)}),
  received AS MATERIALIZED (
    SELECT i.id, i.kind, i.title, i.originator_agency_id, i.created_at, i.created_by_name, i.tier, i.sensitive, i.descriptors,
           i.handling, sight.ceiling
      FROM item i JOIN sight ON sight.workspace_id = i.workspace_id
     WHERE i.workspace_id = $3 AND ${receivable('i', 'i.originator_agency_id', 'sight.ceiling')})`;

/**
 * SQL: everything that happened in workspace `$3` in the reader's sight. A kept version shows as the change it was, under
 * its own marking and title; the first version is the start of the record and shows once.
 */
const EVENTS = `
  SELECT 'opened' AS kind, 'opened-' || w.workspace_id AS id, w.created_at AS at, w.title, w.created_by_name AS who, a.name AS agency,
         w.tier, w.sensitive, w.descriptors, w.handling, NULL::uuid AS item_id
    FROM sight w JOIN agency a ON a.id = w.lead_agency_id
  UNION ALL
  SELECT 'invited', 'invited-' || m.agency_id || '-' || extract(epoch FROM m.valid_from)::text, m.valid_from, invited.name, m.invited_by_name, a.name,
         w.tier, w.sensitive, w.descriptors, w.handling, NULL
    FROM workspace_member m
    JOIN sight w ON w.workspace_id = m.workspace_id AND m.workspace_id = $3 AND w.lead_agency_id <> m.agency_id
    JOIN agency a ON a.id = w.lead_agency_id
    JOIN agency invited ON invited.id = m.agency_id
  UNION ALL
  SELECT i.kind, i.kind || '-' || i.id, i.created_at, i.title, i.created_by_name, a.name,
         i.tier, i.sensitive, i.descriptors, i.handling, i.id
    FROM received i JOIN agency a ON a.id = i.originator_agency_id
  UNION ALL
  SELECT 'record-version', 'record-' || v.item_id || '-' || v.version, v.saved_at, v.title, v.saved_by_name, a.name,
         v.tier, v.sensitive, v.descriptors, v.handling, v.item_id
    FROM received i
    JOIN record_version v ON v.item_id = i.id AND v.version > 1
    JOIN agency a ON a.id = v.saved_by_agency_id
   WHERE ${receivable('v', 'i.originator_agency_id', 'i.ceiling')}`;

/** Which events of a workspace, and from where on. */
export interface EventsWanted {
  readonly workspaceId: WorkspaceId;
  readonly after: readonly [string | null, string | null];
  readonly limit: number;
}

/** What happened in a workspace in the agency's sight, newest first. */
export async function listEvents(work: Work, agency: AgencyId, { workspaceId, after, limit }: EventsWanted): Promise<EventRow[]> {
  return work.sql<EventRow>(
    `WITH ${IN_SIGHT}
     SELECT e.*, ${placeOf('e.at', 'e.id')} FROM (${EVENTS}) e
      WHERE $4::timestamptz IS NULL OR (e.at, e.id COLLATE "C") < ($4::timestamptz, $5::text)
      ORDER BY e.at DESC, e.id COLLATE "C" DESC LIMIT $6`,
    [agency, work.at, workspaceId, ...after, limit],
  );
}
