import type { AgencyId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import { prefixFor, referenceOf } from '../domain/reference.js';

const YEAR_IN_LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric' });

/**
 * The next reference of the agency. The counter row is the agency's own and is locked until the act commits, so numbers
 * have no gap and say nothing about anybody else's cases.
 */
export async function nextReference(work: Work, agency: AgencyId): Promise<string> {
  const year = Number(YEAR_IN_LONDON.format(work.at));
  const prefix = (await knownPrefix(work, agency)) ?? (await givePrefixes(work, agency));
  const [counted] = await work.sql<{ last: number }>(
    `INSERT INTO case_number (agency_id, year, last) VALUES ($1, $2, 1)
     ON CONFLICT (agency_id, year) DO UPDATE SET last = case_number.last + 1 RETURNING last`,
    [agency, year],
  );
  if (counted === undefined) throw new Error('The counter of references gave no number');
  return referenceOf(prefix, year, counted.last);
}

async function knownPrefix(work: Work, agency: AgencyId): Promise<string | undefined> {
  const [row] = await work.sql<{ prefix: string }>('SELECT prefix FROM case_prefix WHERE agency_id = $1', [agency]);
  return row?.prefix;
}

/** Gives every agency without one its prefix, in the order they joined, and answers that of `agency`. */
async function givePrefixes(work: Work, agency: AgencyId): Promise<string> {
  await work.sql(`SELECT pg_advisory_xact_lock(hashtext('concordat case prefixes'))`);
  const agencies = await work.sql<{ id: string; code: string; prefix: string | null }>(
    `SELECT a.id, a.code, p.prefix FROM agency a LEFT JOIN case_prefix p ON p.agency_id = a.id ORDER BY a.created_at, a.code`,
  );
  const taken = new Set(agencies.flatMap(({ prefix }) => prefix ?? []));
  let own = agencies.find(({ id }) => id === agency)?.prefix ?? undefined;
  for (const { id, code, prefix } of agencies) {
    if (prefix !== null) continue;
    const given = prefixFor(code, taken);
    taken.add(given);
    await work.sql('INSERT INTO case_prefix (agency_id, prefix) VALUES ($1, $2)', [id, given]);
    if (id === agency) own = given;
  }
  if (own === undefined) throw new Error('The agency of the actor does not exist');
  return own;
}
