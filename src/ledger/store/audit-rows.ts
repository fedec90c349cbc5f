import type { printMarking } from '../../../libs/policy/index.js';
import type { LedgerConnection } from './connection.js';
import { narrow, type AuditPosition, type Order, type SoughtFilter } from './narrowing.js';

/** One entry as stored, with its index when the reader may know it. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  readonly agency_id: string | null;
  readonly leaf_hash: Buffer;
  readonly index: string | null;
  /** What the item it is about is called and how it is marked now; null where this reader sees no such item. */
  readonly subject_now?: (Parameters<typeof printMarking>[0] & { readonly title: string }) | null;
}

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
/** SQL: the item an entry is about, as row-level security shows it to the reader at this moment. */
const SUBJECT_NOW = `(
  SELECT json_build_object('title', i.title, 'tier', i.tier, 'sensitive', i.sensitive, 'descriptors', i.descriptors, 'handling', i.handling)
    FROM item i WHERE i.id = CASE WHEN e.subject_id ~ '${UUID}' THEN e.subject_id::uuid END) AS subject_now`;

/**
 * Entries in the order asked for, up to `limit`, as far as row-level security shows them.
 *
 * @param withIndex - only a role that may read the tree can ask for the index: how far apart two acts stand says how
 *   much others did between them; any other role gets the subjects as they are now, which the auditor's cannot read
 */
export async function readEntries(
  connection: LedgerConnection,
  sought: SoughtFilter,
  page: { readonly after: AuditPosition | undefined; readonly limit: number; readonly withIndex: boolean; readonly order?: Order | undefined },
): Promise<readonly AuditRow[]> {
  const narrowed = narrow(sought, page.after, page.order);
  const direction = page.order === 'oldest' ? 'ASC' : 'DESC';
  const end = `ORDER BY e.at ${direction}, e.id ${direction} LIMIT $${narrowed.next}`;
  return connection.query<AuditRow>(
    `SELECT e.id, e.at, e.body, e.agency_id, e.leaf_hash, ${page.withIndex ? 'l.index' : `NULL AS index, ${SUBJECT_NOW}`}
     FROM ${narrowed.from(end)} ${page.withIndex ? 'LEFT JOIN ledger_leaf l ON l.entry_id = e.id' : ''}
     WHERE ${narrowed.where} ${end}`,
    [...narrowed.parameters, page.limit],
  );
}

/** One entry by its id, for a role that may read the tree. */
export async function readEntry(connection: LedgerConnection, id: string): Promise<AuditRow | undefined> {
  const [row] = await connection.query<AuditRow>(
    `SELECT e.id, e.at, e.body, e.agency_id, e.leaf_hash, l.index
     FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id WHERE e.id = $1`,
    [id],
  );
  return row;
}
