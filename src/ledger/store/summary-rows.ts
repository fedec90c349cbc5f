import { COUNTED, type ValueCount } from '../domain/value-count.js';
import type { LedgerConnection } from './connection.js';
import { narrow, type SoughtFilter } from './narrowing.js';

/** Values of one kind that are worth a line; further ones are rarer than all of these. */
const LISTED = 20;

/** Facet and the column of the counted entries it counts. */
const KINDS: Readonly<Record<Exclude<ValueCount['facet'], 'all'>, string>> = {
  agency: 'agency_code', verb: 'verb', category: 'category', outcome: 'outcome', clause: 'clause', person: 'person_id', title: 'title', hour: 'hour',
};

const FACET = `CASE ${Object.entries(KINDS).map(([kind, column]) => `WHEN grouping(${column}) = 0 THEN '${kind}'`).join(' ')} ELSE 'all' END`;
const VALUE = `coalesce(agency_code, verb, category, outcome, clause, person_id::text, title, to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:00:00Z"'))`;
/** Over more than this a chart has no bars of an hour, so that days are counted instead: London's, as the chart's are. */
const HOURS_WITHIN = `interval '31 days'`;

/**
 * Counts of the newest `COUNTED` entries that match, by each facet, the most frequent first; `all` is their number, one
 * more than `COUNTED` when there are more. Titles are counted when the search is about one item: what it was called. All
 * of it is one pass over the entries.
 */
export async function readSummary(connection: LedgerConnection, sought: SoughtFilter): Promise<readonly ValueCount[]> {
  const narrowed = narrow(sought);
  const [limit, item] = [`$${narrowed.next}`, `$${narrowed.next + 1}`];
  const end = `ORDER BY e.at DESC, e.id DESC LIMIT ${limit}`;
  return connection.query<ValueCount>(
    `WITH matched AS MATERIALIZED (
       SELECT e.at, e.agency_code, e.verb, e.category, e.outcome, e.clause, e.person_id, e.person_name,
              CASE WHEN e.subject_id = ${item} THEN e.subject_title END AS title
         FROM ${narrowed.from(end)} WHERE ${narrowed.where} ${end}),
     timed AS (
       SELECT m.*, date_trunc((SELECT CASE WHEN max(at) - min(at) > ${HOURS_WITHIN} THEN 'day' ELSE 'hour' END FROM matched), m.at, 'Europe/London') AS hour FROM matched m),
     counted AS (
       SELECT ${FACET} AS facet, ${VALUE} AS value, person_id, count(*)::int AS count, min(at) AS first, max(at) AS last
         FROM timed GROUP BY GROUPING SETS ((), ${Object.values(KINDS).map((column) => `(${column})`).join(', ')})),
     ranked AS (SELECT *, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value) AS place FROM counted WHERE facet = 'all' OR value IS NOT NULL),
     named AS (SELECT DISTINCT ON (person_id) person_id, person_name, agency_code FROM matched WHERE person_id IS NOT NULL ORDER BY person_id, at DESC)
     SELECT r.facet, coalesce(r.value, 'all') AS value, n.person_name AS label, n.agency_code AS agency, r.count, r.first, r.last
       FROM ranked r LEFT JOIN named n USING (person_id)
      WHERE r.place <= ${LISTED} OR r.facet = 'hour' ORDER BY r.facet, r.place`,
    [...narrowed.parameters, COUNTED + 1, sought.filter.itemId ?? null],
  );
}
