import type { AuditRow } from './audit-rows.js';
import type { LedgerConnection } from './connection.js';
import { narrow, type SoughtFilter } from './narrowing.js';

/** Rows that are held at once, whatever the size of the whole: few enough that they are garbage before the collector moves them. */
const FETCHED = 50;

/** How many entries match, as far as `most`. */
export async function countMatching(connection: LedgerConnection, sought: SoughtFilter, most: number): Promise<number> {
  const narrowed = narrow(sought);
  const [row] = await connection.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM ${narrowed.from()} WHERE ${narrowed.where} LIMIT $${narrowed.next}) AS matching`,
    [...narrowed.parameters, most],
  );
  return row?.count ?? 0;
}

/** Every entry that matches, newest first, over a cursor of the transaction that `connection` is in. */
export async function* readMatching(connection: LedgerConnection, sought: SoughtFilter): AsyncGenerator<readonly AuditRow[]> {
  const narrowed = narrow(sought);
  await connection.query(
    `DECLARE matching NO SCROLL CURSOR FOR
       SELECT e.id, e.at, e.body, e.agency_id, e.leaf_hash, l.index FROM ${narrowed.from()} LEFT JOIN ledger_leaf l ON l.entry_id = e.id
        WHERE ${narrowed.where} ORDER BY e.at DESC, e.id DESC`,
    narrowed.parameters,
  );
  for (;;) {
    const rows = await connection.query<AuditRow>(`FETCH ${FETCHED} FROM matching`);
    if (rows.length > 0) yield rows;
    if (rows.length < FETCHED) return;
  }
}
