import type { AgencyId, ItemId, PersonId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Level, Marking } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';

/** Every kind of thing that carries a marking in an investigation. */
export const ITEM_KINDS = ['note', 'record', 'finding', 'exhibit'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** What a new item row is made of. What is particular to its kind is written by whoever owns that kind. */
export interface NewItem {
  readonly id: ItemId;
  readonly workspaceId: WorkspaceId;
  readonly kind: ItemKind;
  readonly title: string;
  readonly marking: Marking;
  readonly createdBy: PersonId;
  readonly createdByName: string;
  /** Plain text under which, besides the title, search finds the item. It is not stored as text. */
  readonly searchText: string;
}

/** Writes the row of a new item in the act's transaction. */
export async function insertItem(work: Work, item: NewItem): Promise<void> {
  const { marking } = item;
  await work.sql(
    `INSERT INTO item (id, workspace_id, kind, title, originator_agency_id, tier, sensitive, descriptors, handling,
       releasable_to, created_by, created_by_name, created_at, updated_at, words)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, to_tsvector('english', $4 || ' ' || $14))`,
    [
      item.id,
      item.workspaceId,
      item.kind,
      item.title,
      marking.originator,
      marking.tier,
      marking.sensitive,
      marking.descriptors,
      marking.handling,
      marking.releasableTo,
      item.createdBy,
      item.createdByName,
      work.at,
      item.searchText,
    ],
  );
}

/** Marks an item anew, as the next of its versions. False: it is no longer as `held` says, and nothing was changed. */
export async function markAnew(work: Work, held: ItemFactsRow, { tier, sensitive, descriptors, handling, releasableTo }: Marking): Promise<boolean> {
  // An exhibit's marking is widened and narrowed by sharing and recalling it as well, which make no version.
  const marked = await work.sql(
    `UPDATE item SET tier = $4, sensitive = $5, descriptors = $6, handling = $7, releasable_to = $8, updated_at = $9, version = version + 1
      WHERE id = $1 AND version = $2 AND releasable_to IS NOT DISTINCT FROM $3::uuid[] RETURNING id`,
    [held.id, held.version, held.releasable_to, tier, sensitive, descriptors, handling, releasableTo, work.at],
  );
  return marked.length > 0;
}

/** How a row holds a marking. */
export interface MarkingColumns {
  readonly originator_agency_id: AgencyId;
  readonly tier: number;
  readonly sensitive: boolean;
  readonly descriptors: string[];
  readonly handling: string[];
  readonly releasable_to: AgencyId[] | null;
}

/** An item with its marking and its investigation, as far as the policy needs them. */
export interface ItemFactsRow extends MarkingColumns {
  readonly id: ItemId;
  readonly workspace_id: WorkspaceId;
  readonly kind: ItemKind;
  readonly title: string;
  readonly version: number;
  /** Name of the originator. */
  readonly owner: string;
}

/** The marking an item is held under. */
export function markingOf(item: MarkingColumns): Marking {
  return {
    tier: item.tier as Level['tier'],
    sensitive: item.sensitive,
    descriptors: item.descriptors,
    handling: item.handling,
    originator: item.originator_agency_id,
    releasableTo: item.releasable_to,
  };
}

/** The facts of an item, if row-level security lets this actor see it. */
export async function findItemRow(work: Work, id: ItemId): Promise<ItemFactsRow | undefined> {
  const [row] = await work.sql<ItemFactsRow>(
    `SELECT i.id, i.workspace_id, i.kind, i.title, i.version, i.originator_agency_id, o.name AS owner, i.tier, i.sensitive, i.descriptors,
            i.handling, i.releasable_to
       FROM item i JOIN agency o ON o.id = i.originator_agency_id WHERE i.id = $1`,
    [id],
  );
  return row;
}
