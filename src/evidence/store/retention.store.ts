import type { ActorRef, ItemId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';

/** The group an exhibit is in, and the day on which it is to be looked at again. */
export interface RetentionRow {
  readonly itemId: ItemId;
  readonly group: string;
  /** `YYYY-MM-DD`. */
  readonly reviewOn: string;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: Date;
}

const COLUMNS = `item_id AS "itemId", group_code AS "group", to_char(review_on, 'YYYY-MM-DD') AS "reviewOn", reason, set_by_name AS "setBy", set_at AS "setAt"`;

export async function insertRetention(work: Work, row: Pick<RetentionRow, 'itemId' | 'group' | 'reviewOn' | 'reason'>, by: ActorRef): Promise<void> {
  await work.sql(
    `INSERT INTO exhibit_retention (item_id, seq, group_code, review_on, reason, set_by, set_by_name, set_at)
     SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7 FROM exhibit_retention WHERE item_id = $1`,
    [row.itemId, row.group, row.reviewOn, row.reason, by.personId, by.displayName, work.at],
  );
}

/** The day of review until which an exhibit is kept; undefined where it has come, or none was set. */
export async function keptUntil(work: Work, item: ItemId): Promise<string | undefined> {
  const [latest] = await retentionOf(work, [item]);
  return latest && latest.reviewOn > work.at.toISOString().slice(0, 10) ? latest.reviewOn : undefined;
}

/** The latest of each exhibit. */
export async function retentionOf(work: Work, items: readonly ItemId[]): Promise<RetentionRow[]> {
  return work.sql(`SELECT DISTINCT ON (item_id) ${COLUMNS} FROM exhibit_retention WHERE item_id = ANY ($1::uuid[]) ORDER BY item_id, seq DESC`, [items]);
}
