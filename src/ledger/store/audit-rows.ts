import type { printMarking } from '../../../libs/policy/index.js';
import type { LedgerConnection } from './connection.js';

/** What the auditor narrows the log by; what is absent does not narrow. */
export interface AuditFilter {
  /** A person's id, or part of a name. */
  readonly person?: string | undefined;
  readonly agencyCode?: string | undefined;
  readonly verb?: string | undefined;
  readonly category?: string | undefined;
  readonly outcome?: string | undefined;
  readonly workspaceReference?: string | undefined;
  readonly itemId?: string | undefined;
  readonly clause?: string | undefined;
  /** Part of the stated purpose. */
  readonly purpose?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly workspaceId?: string | undefined;
}

/** The last row of the page before. */
export interface AuditPosition {
  readonly at: string;
  readonly id: string;
}

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

/** Builds the WHERE of a search: text of our own, values only ever as parameters. */
class Narrowing {
  private readonly clauses: string[] = [];
  readonly parameters: unknown[] = [];

  /** Adds a clause when `value` is there; `$?` in it stands for the value. */
  by(clause: string, value: unknown): this {
    if (value === undefined) return this;
    this.parameters.push(value);
    this.clauses.push(clause.replaceAll('$?', `$${this.parameters.length}`));
    return this;
  }

  /** The number that the next parameter would have. */
  get next(): number {
    return this.parameters.length + 1;
  }

  get where(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.join(' AND ');
  }
}

function narrowing(filter: AuditFilter, after: AuditPosition | undefined): Narrowing {
  return new Narrowing()
    .by(`(e.person_id::text = $? OR position(lower($?) IN lower(e.person_name)) > 0)`, filter.person)
    .by('e.agency_code = $?', filter.agencyCode)
    .by('e.verb = $?', filter.verb)
    .by('e.category = $?', filter.category)
    .by('e.outcome = $?', filter.outcome)
    .by('e.workspace_reference = $?', filter.workspaceReference)
    .by('(e.subject_id = $? OR e.item_ids @> to_jsonb($?::text))', filter.itemId)
    .by(`(e.clause = $? OR e.cases @> jsonb_build_array(jsonb_build_object('clause', $?::text)))`, filter.clause)
    .by('position(lower($?) IN lower(e.purpose)) > 0', filter.purpose)
    .by('e.at >= $?', filter.from)
    .by('e.at < $?', filter.to)
    .by('e.workspace_id = $?', filter.workspaceId)
    .by(`(e.at, e.id) < (($?::jsonb ->> 0)::timestamptz, ($?::jsonb ->> 1)::uuid)`, after && JSON.stringify([after.at, after.id]));
}

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
/** SQL: the item an entry is about, as row-level security shows it to the reader at this moment. */
const SUBJECT_NOW = `(
  SELECT json_build_object('title', i.title, 'tier', i.tier, 'sensitive', i.sensitive, 'descriptors', i.descriptors, 'handling', i.handling)
    FROM item i WHERE i.id = CASE WHEN e.subject_id ~ '${UUID}' THEN e.subject_id::uuid END) AS subject_now`;

/**
 * Entries newest first, up to `limit`, as far as row-level security shows them.
 *
 * @param withIndex - only a role that may read the tree can ask for the index: how far apart two acts stand says how
 *   much others did between them; any other role gets the subjects as they are now, which the auditor's cannot read
 */
export async function readEntries(
  connection: LedgerConnection,
  filter: AuditFilter,
  page: { readonly after: AuditPosition | undefined; readonly limit: number; readonly withIndex: boolean },
): Promise<readonly AuditRow[]> {
  const narrowed = narrowing(filter, page.after);
  return connection.query<AuditRow>(
    `SELECT e.id, e.at, e.body, e.agency_id, e.leaf_hash, ${page.withIndex ? 'l.index' : `NULL AS index, ${SUBJECT_NOW}`}
     FROM ledger_entry e ${page.withIndex ? 'LEFT JOIN ledger_leaf l ON l.entry_id = e.id' : ''}
     WHERE ${narrowed.where} ORDER BY e.at DESC, e.id DESC LIMIT $${narrowed.next}`,
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
