import { isUuid } from '../../../libs/kernel/index.js';
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
  /** Words of what the thing acted on was called at the time; the last may be the beginning of one. */
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
  /** SQL of what the entries are found by, each by itself; none of them twice. */
  private ways: readonly string[] = [];

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

  /** Has entries found in each of these ways, when `value` is there; `$?` in them stands for the value. */
  either(ways: readonly string[], value: unknown): this {
    if (value === undefined) return this;
    this.parameters.push(value);
    this.ways = ways.map((way) => way.replaceAll('$?', `$${this.parameters.length}`));
    return this;
  }

  /**
   * SQL: the entries `e` that match, or at least the first of them as far as `end` goes (`ORDER BY ... LIMIT ...`): of each way the
   * first are taken in the order of its own index, where the database would otherwise fetch and sort all that match.
   */
  from(end = ''): string {
    if (this.ways.length === 0) return 'ledger_entry e';
    return `(${this.ways.map((way) => `(SELECT e.* FROM ${way} AND ${this.narrowed} ${end})`).join(' UNION ALL ')}) e`;
  }

  /** The number that the next parameter would have. */
  get next(): number {
    return this.parameters.length + 1;
  }

  /** SQL: what is left to be asked of the entries of `from`. */
  get where(): string {
    return this.ways.length === 0 ? this.narrowed : 'true';
  }

  private get narrowed(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.join(' AND ');
  }
}

/** Found first, by either index, and then fetched each from its month: beside an order by time the database would rather read the log through. */
const OF_ITEM = [
  `(SELECT s.id, s.at FROM ledger_entry s WHERE s.subject_id = $? UNION SELECT i.id, i.at FROM ledger_entry i WHERE i.item_ids @> to_jsonb($?::text)) found
    CROSS JOIN LATERAL (SELECT * FROM ledger_entry f WHERE f.id = found.id AND f.at = found.at OFFSET 0) e WHERE true`,
];
const IN_CASES = `e.cases @> jsonb_build_array(jsonb_build_object('clause', $?::text))`;
const UNDER_CLAUSE = ['ledger_entry e WHERE e.clause = $?', `ledger_entry e WHERE e.clause IS DISTINCT FROM $? AND ${IN_CASES}`];

/** A filter whose names and purposes were looked up in the few distinct ones there are: what asks of it asks for values that an index finds. */
export interface SoughtFilter {
  readonly filter: AuditFilter;
  readonly people: readonly NamedPerson[] | undefined;
  readonly purposes: readonly string[] | undefined;
}

/** Looks up what `filter` names, once for everything that is asked with it in one transaction. */
export async function seek(connection: LedgerConnection, filter: AuditFilter): Promise<SoughtFilter> {
  const people = filter.person === undefined ? undefined : await peopleCalled(connection, filter.person);
  const purposes = filter.purpose === undefined ? undefined : await findPurposes(connection, filter.purpose);
  return { filter, people, purposes };
}

/** An id is nobody's name, and need not be looked for among them. */
async function peopleCalled(connection: LedgerConnection, person: string): Promise<readonly NamedPerson[]> {
  return isUuid(person) ? [{ id: person, name: '', always: true }] : findPeople(connection, person);
}

/** What a filter asks for as SQL. */
export function narrow({ filter, people, purposes }: SoughtFilter, after?: AuditPosition, order: Order = 'newest'): Narrowing {
  const narrowed = new Narrowing();
  if (filter.itemId === undefined) narrowed.either(UNDER_CLAUSE, filter.clause);
  else narrowed.either(OF_ITEM, filter.itemId).by(`(e.clause = $? OR ${IN_CASES})`, filter.clause);
  narrowed
    .by('e.agency_code = $?', filter.agencyCode)
    .by('e.outcome = $?', filter.outcome)
    .by('e.workspace_reference = $?', filter.workspaceReference)
    .by(`to_tsvector('simple', e.subject_title) @@ to_tsquery('simple', $?)`, filter.subject && begun(filter.subject))
    .by('e.correlation = $?', filter.correlation)
    .by('e.at >= $?', filter.from)
    .by('e.at < $?', filter.to)
    .by('e.workspace_id = $?', filter.workspaceId)
    .by(`(e.at, e.id) ${order === 'newest' ? '<' : '>'} (($?::jsonb ->> 0)::timestamptz, ($?::jsonb ->> 1)::uuid)`, after && JSON.stringify([after.at, after.id]));
  narrowed.among('e.person_id', 'uuid', people?.map(({ id }) => id));
  // Asked for only where it excludes something: the database takes person and name for independent, and would plan for hardly a row.
  if (people?.every(({ always }) => always) === false) narrowed.among('e.person_name', 'text', people.map(({ name }) => name));
  // A clause has its purpose, and the database takes the two for independent; what it cannot see through it takes for half of all.
  if (filter.clause !== undefined) narrowed.by('CASE WHEN e.purpose = ANY ($?::text[]) THEN true END', purposes);
  else narrowed.among('e.purpose', 'text', purposes);
  return narrowed.among('e.verb', 'text', verbsOf(filter)).among('e.category', 'text', filter.category);
}

/** An act of a category has one of that category's verbs, and those an index knows. */
function verbsOf({ verb, category }: AuditFilter): readonly string[] | undefined {
  if (verb !== undefined || category === undefined) return verb;
  return Object.entries(VERBS).flatMap(([name, facts]) => (category.includes(facts.category) ? [name] : []));
}

/**
 * Words (attacker-controlled) as a query of the database's: letters and digits alone, the last of them the beginning of a word.
 * Were each a beginning, the database would gather all entries with a word that begins like any of them.
 */
function begun(words: string): string {
  const parts = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  return parts.map((part, n) => (n === parts.length - 1 ? `'${part}':*` : `'${part}'`)).join(' & ');
}
