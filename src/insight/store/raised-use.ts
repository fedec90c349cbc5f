import { randomUUID } from 'node:crypto';
import type { Work } from '../../platform/index.js';
import type { Cause } from '../domain/judge-read.js';

/** Keeps a cause with a side for each agency concerned: the reader's, and the one whose it was. Undefined when it was raised before. */
export async function raiseUse(work: Work, { rule, entry, evidence, onceKey }: Cause): Promise<string | undefined> {
  const [owner] = await work.sql<{ id: string | null }>('SELECT law.owner_of($1, $2) AS id', [entry.workspaceId, entry.subjectId]);
  const agencies = [...new Set([entry.agencyId, owner?.id ?? entry.agencyId])];
  const [raised] = await work.sql<{ id: string }>(
    `INSERT INTO unusual_use (id, rule, rule_version, rule_words, evidence, once_key, entry_id, verb, happened_at, person_id, person_name,
                              agencies, workspace_id, workspace_reference, found_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (rule, once_key) DO NOTHING RETURNING id`,
    [
      randomUUID(), rule.id, rule.version, rule.words, evidence, onceKey, entry.id, entry.verb, entry.at, entry.personId, entry.personName,
      agencies, entry.workspaceId, entry.workspaceReference, work.at,
    ],
  );
  if (raised === undefined) return undefined;
  work.leave('INSERT INTO unusual_use_side (unusual_use_id, agency_id, agencies) SELECT $1, agency, $2 FROM unnest($2::uuid[]) agency', [raised.id, agencies]);
  return raised.id;
}
