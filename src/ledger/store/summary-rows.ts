import { COUNTED, type ValueCount } from '../domain/value-count.js';
import type { LedgerConnection } from './connection.js';
import { narrow, type AuditFilter } from './narrowing.js';

/** Values of one kind that are worth a line; further ones are rarer than all of these. */
const LISTED = 20;

const KINDS: Readonly<Record<ValueCount['facet'], string>> = {
  all: `'all'`,
  agency: 'agency_code',
  verb: 'verb',
  category: 'category',
  outcome: 'outcome',
  clause: 'clause',
  person: 'person_id::text',
  title: 'subject_title',
  hour: `to_char(date_trunc('hour', at AT TIME ZONE 'UTC'), 'YYYY-MM-DD"T"HH24":00:00Z"')`,
};

/**
 * Counts of the newest `COUNTED` entries that match, by each facet, the most frequent first; `all` is their number, one
 * more than `COUNTED` when there are more. Titles are counted when the search is about one item: what it was called.
 */
export async function readSummary(connection: LedgerConnection, filter: AuditFilter): Promise<readonly ValueCount[]> {
  const narrowed = await narrow(connection, filter);
  const [limit, item] = [`$${narrowed.next}`, `$${narrowed.next + 1}`];
  const count = (kind: string, value: string): string => `
    (SELECT '${kind}' AS facet, ${value} AS value, ${kind === 'person' ? '(array_agg(person_name ORDER BY at DESC))[1]' : 'NULL'} AS label,
            ${kind === 'person' ? '(array_agg(agency_code ORDER BY at DESC))[1]' : 'NULL'} AS agency, count(*)::int AS count, min(at) AS first, max(at) AS last
       FROM matched WHERE ${value} IS NOT NULL ${kind === 'title' ? `AND subject_id = ${item}` : ''}
      GROUP BY 2 ORDER BY 5 DESC, 2 ${kind === 'hour' ? '' : `LIMIT ${LISTED}`})`;
  return connection.query<ValueCount>(
    `WITH matched AS MATERIALIZED (
       SELECT e.at, e.agency_code, e.verb, e.category, e.outcome, e.clause, e.person_id, e.person_name, e.subject_id, e.subject_title
         FROM ledger_entry e WHERE ${narrowed.where} ORDER BY e.at DESC, e.id DESC LIMIT ${limit})
     ${Object.entries(KINDS).map(([kind, value]) => count(kind, value)).join(' UNION ALL ')}`,
    [...narrowed.parameters, COUNTED + 1, filter.itemId ?? null],
  );
}
