import type { WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';

/** What this session reads an investigation for, and since when. */
export interface StatedPurpose {
  readonly purpose: string;
  readonly statedAt: Date;
}

/** The purpose stated in the session of this act; undefined before any was. */
export async function findStatedPurpose(work: Work, id: WorkspaceId): Promise<StatedPurpose | undefined> {
  const [row] = await work.sql<StatedPurpose>(
    'SELECT purpose, stated_at AS "statedAt" FROM stated_purpose WHERE session_id = $1 AND workspace_id = $2',
    [work.context.actor?.sessionId ?? null, id],
  );
  return row;
}

/** Those of some investigations for which a purpose was stated in the session of this act. */
export async function casesWithPurpose(work: Work, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await work.sql<{ id: string }>(
    'SELECT workspace_id AS id FROM stated_purpose WHERE session_id = $1 AND workspace_id = ANY ($2::uuid[])',
    [work.context.actor?.sessionId ?? null, [...new Set(ids)]],
  );
  return rows.map(({ id }) => id);
}

/** Keeps the purpose for what this session reads in the investigation from now on, in the place of an earlier one. */
export function keepStatedPurpose(work: Work, id: WorkspaceId, purpose: string): void {
  work.leave(
    `INSERT INTO stated_purpose (session_id, workspace_id, purpose, stated_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (session_id, workspace_id) DO UPDATE SET purpose = excluded.purpose, stated_at = excluded.stated_at`,
    [work.context.actor?.sessionId ?? null, id, purpose, work.at],
  );
}

/** Whether the actor sees an item of the investigation that is marked OFFICIAL-SENSITIVE or higher. */
export async function seesSensitiveItem(work: Work, id: WorkspaceId): Promise<boolean> {
  return (await work.sql('SELECT FROM item WHERE workspace_id = $1 AND (sensitive OR tier > 1) LIMIT 1', [id])).length > 0;
}
