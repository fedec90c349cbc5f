import { randomUUID } from 'node:crypto';
import type { Work } from '../../platform/index.js';
import type { Cause } from '../domain/judge-read.js';

/**
 * Keeps a cause once for each agency whose it was, with a side for that agency and one for the reader's. Answers the ids of
 * those that were not raised before: an own search first does not keep what follows from the agency it was about.
 */
export async function raiseUse(work: Work, cause: Cause): Promise<readonly string[]> {
  const { entry } = cause;
  const owners = await work.sql<{ id: string }>('SELECT law.owners_of($1, $2, $3::jsonb) AS id', [entry.workspaceId, entry.subjectId, JSON.stringify(entry.itemIds)]);
  const concerned = owners.length === 0 ? [entry.agencyId] : owners.map(({ id }) => id);
  const raised: string[] = [];
  for (const owner of concerned) raised.push(...(await raiseFor(work, cause, owner)));
  return raised;
}

async function raiseFor(work: Work, { rule, entry, evidence, onceKey }: Cause, owner: string): Promise<readonly string[]> {
  const agencies = [...new Set([entry.agencyId, owner])];
  const [raised] = await work.sql<{ id: string }>(
    `INSERT INTO unusual_use (id, rule, rule_version, rule_words, evidence, once_key, entry_id, verb, happened_at, person_id, person_name,
                              agencies, workspace_id, workspace_reference, found_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (rule, once_key) DO NOTHING RETURNING id`,
    [
      randomUUID(), rule.id, rule.version, rule.words, evidence, `${onceKey} ${owner}`, entry.id, entry.verb, entry.at, entry.personId, entry.personName,
      agencies, entry.workspaceId, entry.workspaceReference, work.at,
    ],
  );
  if (raised === undefined) return [];
  work.leave('INSERT INTO unusual_use_side (unusual_use_id, agency_id, agencies) SELECT $1, agency, $2 FROM unnest($2::uuid[]) agency', [raised.id, agencies]);
  return [raised.id];
}
