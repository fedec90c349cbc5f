import type { ItemId } from '../../../libs/kernel/index.js';
import { READING_VERBS, WRITING_VERBS } from '../domain/item-state.js';
import type { LedgerConnection } from './connection.js';

/** An entry from which the state of an item is read. */
export interface StateRow {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  readonly agency_id: string | null;
}

/** Invitations named after the last writing; a case has a handful of agencies. */
const INVITED = 50;

const ABOUT = `FROM ledger_entry e WHERE e.subject_id = $1 AND e.outcome = 'done'`;
const FIRST = 'ORDER BY e.at, e.id LIMIT 1';
const LAST = 'ORDER BY e.at DESC, e.id DESC LIMIT 1';

/**
 * The entries that decide what an item was at a moment, the first one first, as far as row-level security shows them: that
 * of its making, the last of its writing and the last that read it until then, and invitations to its case since. However
 * often it was read or saved between, nothing else decides.
 */
export async function readStateEntries(connection: LedgerConnection, itemId: ItemId, moment: Date): Promise<readonly StateRow[]> {
  return connection.query<StateRow>(
    `WITH made AS (SELECT e.id, e.at, e.body, e.agency_id, e.workspace_id ${ABOUT} AND e.verb = ANY ($3::text[]) ${FIRST}),
          written AS (SELECT e.id, e.at, e.body, e.agency_id, e.workspace_id ${ABOUT} AND e.verb = ANY ($3::text[]) AND e.at <= $2 ${LAST}),
          looked AS (SELECT e.id, e.at, e.body, e.agency_id, e.workspace_id ${ABOUT} AND e.verb = ANY ($4::text[]) AND e.at <= $2 ${LAST}),
          invited AS (
            SELECT e.id, e.at, e.body, e.agency_id, e.workspace_id FROM ledger_entry e
             WHERE e.workspace_id = (SELECT w.workspace_id FROM written w) AND e.verb = 'member.invite' AND e.outcome = 'done'
               AND e.at > (SELECT w.at FROM written w) AND e.at <= $2 ORDER BY e.at, e.id LIMIT ${INVITED})
     SELECT id, at, body, agency_id FROM (SELECT * FROM made UNION SELECT * FROM written UNION SELECT * FROM looked UNION SELECT * FROM invited) decides
      ORDER BY at, id`,
    [String(itemId), moment, WRITING_VERBS, READING_VERBS],
  );
}

/** An item as row-level security shows it now; undefined where it shows none. */
export interface ItemNow {
  readonly workspace_id: string;
  readonly kind: string;
  readonly title: string;
  readonly originator: string;
  readonly owner: string;
  readonly tier: 1 | 2 | 3;
  readonly sensitive: boolean;
  readonly descriptors: string[];
  readonly handling: string[];
}

export async function readItemNow(connection: LedgerConnection, itemId: ItemId): Promise<ItemNow | undefined> {
  const [row] = await connection.query<ItemNow>(
    `SELECT i.workspace_id, i.kind, i.title, i.originator_agency_id AS originator, a.name AS owner, i.tier, i.sensitive, i.descriptors, i.handling
       FROM item i JOIN agency a ON a.id = i.originator_agency_id WHERE i.id = $1`,
    [itemId],
  );
  return row;
}
