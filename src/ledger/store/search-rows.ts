import { randomUUID } from 'node:crypto';
import type { Work } from '../../platform/index.js';

/** A search an auditor keeps: her filter as canonical JSON, so that it is run as it was saved. */
export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly filter: string;
}

/** Searches one person may keep. */
export const MOST_SEARCHES = 50;

/** Her own, in the order of the alphabet; row-level security shows her no other. */
export function findSearches(work: Work): Promise<readonly SavedSearch[]> {
  return work.sql<SavedSearch>('SELECT id, name, filter FROM audit_search WHERE person_id = $1 ORDER BY lower(name), name', [
    work.context.actor?.personId ?? null,
  ]);
}

/** Keeps one more; undefined when she has one of that name. */
export async function keepSearch(work: Work, name: string, filter: string): Promise<SavedSearch | undefined> {
  const [kept] = await work.sql<SavedSearch>(
    `INSERT INTO audit_search (id, person_id, name, filter, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id, name) DO NOTHING RETURNING id, name, filter`,
    [randomUUID(), work.context.actor?.personId ?? null, name, filter, work.at],
  );
  return kept;
}

/** Takes one away and gives what it was; undefined when she has none of that id. */
export async function dropSearch(work: Work, id: string): Promise<SavedSearch | undefined> {
  const [dropped] = await work.sql<SavedSearch>('DELETE FROM audit_search WHERE id = $1 RETURNING id, name, filter', [id]);
  return dropped;
}
