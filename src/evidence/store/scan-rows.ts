import type { ItemId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { Scan } from '../domain/scan.js';

/** What was found in an exhibit; undefined: nobody has looked yet. */
export async function scanOf(work: Work, item: ItemId): Promise<Scan | undefined> {
  const [row] = await work.sql<Scan>('SELECT state, code FROM exhibit_scan WHERE item_id = $1', [item]);
  return row;
}
