import { custodyState, eventOfRow, type CustodyRow } from '../../../libs/custody/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';

/**
 * The agency that has a physical exhibit on its shelf, or that it is offered to, when that agency does not see what is recorded of it:
 * nobody could hand it on then. Undefined where it does, and of everything else.
 */
export async function holderOutOfSight(work: Work, id: ItemId): Promise<string | undefined> {
  const rows = await work.sql<CustodyRow>(
    `SELECT e.* FROM custody_event e JOIN exhibit x ON x.item_id = e.item_id AND x.form = 'physical' WHERE e.item_id = $1 ORDER BY e.seq`, [id]);
  const { holder, offer } = custodyState('physical', rows.map(eventOfRow));
  const codes = [holder?.agency, offer?.toAgency].filter((code) => code !== undefined);
  const [out] = await work.sql<{ name: string }>(
    'SELECT name FROM agency WHERE code = ANY ($2) AND id NOT IN (SELECT law.agencies_that_may_see_item($1)) ORDER BY name LIMIT 1', [id, codes]);
  return out?.name;
}
