import type { LedgerConnection } from './connection.js';

/** A person as some entry names her: whoever changed her name is here once for each. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  /** Whether every name she ever had is one that was asked for. */
  readonly always: boolean;
}

/**
 * Everybody whose id is `text` or whose name at some time contained it. The index is read from one distinct pair to the
 * next, so that the cost is that of the people there are and not of what they did.
 */
export async function findPeople(connection: LedgerConnection, text: string): Promise<readonly NamedPerson[]> {
  return connection.query<NamedPerson>(
    `WITH RECURSIVE pair AS (
       (SELECT e.person_id, e.person_name FROM ledger_entry e WHERE e.person_id IS NOT NULL ORDER BY e.person_id, e.person_name LIMIT 1)
       UNION ALL
       SELECT n.person_id, n.person_name FROM pair CROSS JOIN LATERAL (
         SELECT e.person_id, e.person_name FROM ledger_entry e
          WHERE e.person_id IS NOT NULL AND (e.person_id, e.person_name) > (pair.person_id, pair.person_name)
          ORDER BY e.person_id, e.person_name LIMIT 1) n)
     SELECT id, name, always FROM (
       SELECT person_id AS id, person_name AS name, matches, bool_and(matches) OVER (PARTITION BY person_id) AS always
         FROM pair CROSS JOIN LATERAL (SELECT person_id::text = $1 OR position(lower($1) IN lower(person_name)) > 0 AS matches) asked) found
      WHERE matches`,
    [text],
  );
}

/** Every purpose that was ever stated and contains `text`, in the order of the alphabet; all of them for an empty one. */
export async function findPurposes(connection: LedgerConnection, text: string): Promise<readonly string[]> {
  const rows = await connection.query<{ purpose: string }>(
    `WITH RECURSIVE one AS (
       (SELECT e.purpose FROM ledger_entry e WHERE e.purpose IS NOT NULL ORDER BY e.purpose LIMIT 1)
       UNION ALL
       SELECT n.purpose FROM one CROSS JOIN LATERAL (
         SELECT e.purpose FROM ledger_entry e WHERE e.purpose IS NOT NULL AND e.purpose > one.purpose ORDER BY e.purpose LIMIT 1) n)
     SELECT purpose FROM one WHERE position(lower($1) IN lower(purpose)) > 0`,
    [text],
  );
  return rows.map(({ purpose }) => purpose);
}
