import { VERBS } from '../../../libs/policy/index.js';
import type { LedgerConnection } from './connection.js';
import { findPeople, findPurposes, type NamedPerson } from './value-rows.js';

/** From the newest entry back, or from the first one on. */
export type Order = 'newest' | 'oldest';

/** What the auditor narrows the log by; what is absent does not narrow. */
export interface AuditFilter {
  /** A person's id, or part of a name she had when she acted. */
  readonly person?: string | undefined;
  readonly agencyCode?: string | undefined;
  /** Any of these. */
  readonly verb?: readonly string[] | undefined;
  /** Any of these. */
  readonly category?: readonly string[] | undefined;
  readonly outcome?: string | undefined;
  readonly workspaceReference?: string | undefined;
  readonly itemId?: string | undefined;
  /** Words of what the thing acted on was called at the time; each may be the beginning of one. */
  readonly subject?: string | undefined;
  /** The request an act belonged to. */
  readonly correlation?: string | undefined;
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

/** Builds the WHERE of a search: text of our own, values only ever as parameters. */
export class Narrowing {
  private readonly clauses: string[] = [];
  readonly parameters: unknown[] = [];

  /** Adds a clause when `value` is there; `$?` in it stands for the value. */
  by(clause: string, value: unknown): this {
    if (value === undefined) return this;
    this.parameters.push(value);
    this.clauses.push(clause.replaceAll('$?', `$${this.parameters.length}`));
    return this;
  }

  /** Adds that `column` is one of `values`, when they are there; of none, nothing matches. */
  among(column: string, type: 'text' | 'uuid', values: readonly string[] | undefined): this {
    const distinct = values && [...new Set(values)];
    return distinct?.length === 1 ? this.by(`${column} = $?::${type}`, distinct[0]) : this.by(`${column} = ANY ($?::${type}[])`, distinct);
  }

  /** The number that the next parameter would have. */
  get next(): number {
    return this.parameters.length + 1;
  }

  get where(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.join(' AND ');
  }
}

/** A filter whose names and purposes were looked up in the few distinct ones there are: what asks of it asks for values that an index finds. */
export interface SoughtFilter {
  readonly filter: AuditFilter;
  readonly people: readonly NamedPerson[] | undefined;
  readonly purposes: readonly string[] | undefined;
}

/** Looks up what `filter` names, once for everything that is asked with it in one transaction. */
export async function seek(connection: LedgerConnection, filter: AuditFilter): Promise<SoughtFilter> {
  const people = filter.person === undefined ? undefined : await findPeople(connection, filter.person);
  const purposes = filter.purpose === undefined ? undefined : await findPurposes(connection, filter.purpose);
  return { filter, people, purposes };
}

/** What a filter asks for as SQL. */
export function narrow({ filter, people, purposes }: SoughtFilter, after?: AuditPosition, order: Order = 'newest'): Narrowing {
  const narrowed = new Narrowing()
    .by('e.agency_code = $?', filter.agencyCode)
    .by('e.outcome = $?', filter.outcome)
    .by('e.workspace_reference = $?', filter.workspaceReference)
    // Found first, by either index: beside an order by time the database would rather read the log through.
    .by(`e.id = ANY (ARRAY(SELECT s.id FROM ledger_entry s WHERE s.subject_id = $? UNION SELECT i.id FROM ledger_entry i WHERE i.item_ids @> to_jsonb($?::text)))`, filter.itemId)
    .by(`to_tsvector('simple', e.subject_title) @@ to_tsquery('simple', $?)`, filter.subject && beginnings(filter.subject))
    .by('e.correlation = $?', filter.correlation)
    .by(`(e.clause = $? OR e.cases @> jsonb_build_array(jsonb_build_object('clause', $?::text)))`, filter.clause)
    .by('e.at >= $?', filter.from)
    .by('e.at < $?', filter.to)
    .by('e.workspace_id = $?', filter.workspaceId)
    .by(`(e.at, e.id) ${order === 'newest' ? '<' : '>'} (($?::jsonb ->> 0)::timestamptz, ($?::jsonb ->> 1)::uuid)`, after && JSON.stringify([after.at, after.id]));
  narrowed.among('e.person_id', 'uuid', people?.map(({ id }) => id));
  // Asked for only where it excludes something: the database takes person and name for independent, and would plan for hardly a row.
  if (people?.every(({ always }) => always) === false) narrowed.among('e.person_name', 'text', people.map(({ name }) => name));
  return narrowed.among('e.purpose', 'text', purposes).among('e.verb', 'text', verbsOf(filter)).among('e.category', 'text', filter.category);
}

/** An act of a category has one of that category's verbs, and those an index knows. */
function verbsOf({ verb, category }: AuditFilter): readonly string[] | undefined {
  if (verb !== undefined || category === undefined) return verb;
  return Object.entries(VERBS).flatMap(([name, facts]) => (category.includes(facts.category) ? [name] : []));
}

/** Words (attacker-controlled) as a query of the database's: letters and digits alone, each the beginning of a word. */
function beginnings(words: string): string {
  const parts = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  return parts.map((part) => `'${part}':*`).join(' & ');
}
