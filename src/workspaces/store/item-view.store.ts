import type { AgencyId, ItemId } from '../../../libs/kernel/index.js';
import { type Placed, placeOf, type Work } from '../../platform/index.js';
import type { ItemKind } from './item.store.js';
import { agencyJson, markedColumns, type AgencyRow, type MarkedRow } from './rows.js';
import { receivable, sightIn, WORKSPACE_OF_ITEM } from './scope.js';

/** What an officer found at an inspection and what it amounted to, as stored. */
export interface FindingRow {
  readonly inspectedOn: string;
  readonly hygiene: number;
  readonly structure: number;
  readonly confidence: number;
  readonly imminentRisk: boolean;
  readonly rating: number;
  readonly ratingWords: string;
  readonly breach: boolean;
  readonly urgency: string | null;
  readonly rule: string | null;
}

/** An item as a reader sees it. */
export interface ItemRow extends MarkedRow, Placed {
  readonly id: ItemId;
  readonly workspace_id: string;
  readonly kind: ItemKind;
  readonly title: string;
  readonly text: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly created_by_name: string;
  readonly agency: AgencyRow;
  readonly finding: FindingRow | null;
}

const FINDING = `CASE WHEN f.item_id IS NULL THEN NULL ELSE json_build_object(
  'inspectedOn', f.inspected_on, 'hygiene', f.hygiene, 'structure', f.structure, 'confidence', f.confidence,
  'imminentRisk', f.imminent_risk, 'rating', f.rating, 'ratingWords', f.rating_words, 'breach', f.breach,
  'urgency', f.urgency, 'rule', f.rule_words) END`;

/** SQL: items of one workspace in the reader's sight (`$1` agency, `$2` time); further conditions on `i` follow. */
const itemsIn = (workspace: string): string => `
  SELECT i.id, i.workspace_id, i.kind, i.title, coalesce(n.body, r.body, f.narrative) AS text, i.version, i.created_at, i.created_by_name,
         ${agencyJson('o')} AS agency, ${markedColumns('i', 'o')}, ${FINDING} AS finding, ${placeOf('i.created_at', 'i.id')}
    FROM item i
    JOIN (${sightIn(workspace)}) sight ON sight.workspace_id = i.workspace_id
    JOIN agency o ON o.id = i.originator_agency_id
    LEFT JOIN note n ON n.item_id = i.id
    LEFT JOIN record r ON r.item_id = i.id
    LEFT JOIN finding f ON f.item_id = i.id
   WHERE ${receivable('i', 'i.originator_agency_id', 'sight.ceiling')}`;

/**
 * An item just written by this agency.
 *
 * @throws when it is not in the agency's own sight, which would be a bug of whatever wrote it.
 */
export async function findItem(work: Work, agency: AgencyId, id: ItemId): Promise<ItemRow> {
  const [row] = await work.sql<ItemRow>(`${itemsIn(WORKSPACE_OF_ITEM)} AND i.id = $3`, [agency, work.at, id]);
  if (row === undefined) throw new Error('The item that was written is not in sight of who wrote it');
  return row;
}

/** Which items of a workspace, and from where on. */
export interface ItemsWanted {
  readonly workspaceId: string;
  /** Null: every kind. */
  readonly kind: ItemKind | null;
  readonly after: readonly [string | null, string | null];
  readonly limit: number;
}

/** Items of a workspace in the agency's sight, newest first. */
export async function listItems(work: Work, agency: AgencyId, { workspaceId, kind, after, limit }: ItemsWanted): Promise<ItemRow[]> {
  return work.sql<ItemRow>(
    `${itemsIn('$3')} AND i.workspace_id = $3 AND ($4::text IS NULL OR i.kind = $4)
        AND ($5::timestamptz IS NULL OR (i.created_at, i.id) < ($5::timestamptz, $6::uuid))
      ORDER BY i.created_at DESC, i.id DESC LIMIT $7`,
    [agency, work.at, workspaceId, kind, ...after, limit],
  );
}
