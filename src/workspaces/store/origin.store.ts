import type { AgencyId, ItemId } from '../../../libs/kernel/index.js';
import type { Facts, Marking } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import { markingOf, type ItemFactsRow, type MarkingColumns } from './item.store.js';

/**
 * What of another agency an item was made of: the nearest such thing, by one step or several over what is of `own`. Null: it was made of
 * nothing, or of the agency's own alone. What has gone out of the asking agency's sight counts as another's.
 */
export async function originOf(work: Work, id: ItemId, own: AgencyId): Promise<Facts['origin']> {
  const [found] = await work.sql<MarkingColumns | { readonly originator_agency_id: null }>(
    `WITH RECURSIVE above AS (
       SELECT derived_from AS id FROM exhibit WHERE item_id = $1 AND derived_from IS NOT NULL
       UNION SELECT x.derived_from FROM above a JOIN item i ON i.id = a.id AND i.originator_agency_id = $2 JOIN exhibit x ON x.item_id = a.id
              WHERE x.derived_from IS NOT NULL)
     SELECT i.originator_agency_id, i.tier, i.sensitive, i.descriptors, i.handling, i.releasable_to
       FROM above a LEFT JOIN item i ON i.id = a.id WHERE i.originator_agency_id IS DISTINCT FROM $2 LIMIT 1`,
    [id, own],
  );
  if (!found) return null;
  return found.originator_agency_id === null ? 'out-of-sight' : markingOf(found);
}

/** Holds an item as it is until the transaction ends. False: it is no longer in sight, or not as `held` says. */
export async function holdItem(work: Work, held: ItemFactsRow): Promise<boolean> {
  return (await work.sql('SELECT 1 FROM item WHERE id = $1 AND version = $2 FOR SHARE', [held.id, held.version])).length > 0;
}

/** Something raised along with what it was made of. */
export interface RaisedCopy {
  readonly id: ItemId;
  /** Name of its originator. */
  readonly owner: string;
  readonly to: Marking;
}

/**
 * Raises the files that other agencies made of an item, by one step or several, to what the item is marked now: no level lower, no term less. What
 * its own originator made of it stays as that agency marked it, and with it what was made of that.
 */
export async function raiseWhatWasMadeOf(work: Work, id: ItemId): Promise<RaisedCopy[]> {
  const rows = await work.sql<{ readonly id: ItemId; readonly owner: string; readonly marked: MarkingColumns }>(
    'SELECT id, owner, marked FROM law.raise_what_was_made_of($1)', [id]);
  return rows.map(({ marked, ...copy }) => ({ ...copy, to: markingOf(marked) }));
}
