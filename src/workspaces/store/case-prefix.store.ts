import type { AgencyId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import { newReference, prefixFor } from '../domain/reference.js';

const YEAR_IN_LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric' });

/** A fresh reference of the agency. */
export async function freshReference(work: Work, agency: AgencyId): Promise<string> {
  const prefix = (await knownPrefix(work, agency)) ?? (await givePrefixes(work, agency));
  return newReference(prefix, Number(YEAR_IN_LONDON.format(work.at)));
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
