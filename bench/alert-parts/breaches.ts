import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** An investigation led by the council in which the police take part. */
export interface SharedCase {
  readonly workspaceId: string;
}

/** Opens one, straight in the database: opening it is not what is measured. */
export async function openSharedCase(superuser: pg.Client): Promise<SharedCase> {
  const workspaceId = randomUUID();
  await superuser.query(
    `INSERT INTO workspace (id, reference, title, summary, business, lead_agency_id, tier, sensitive, purpose, created_by, created_by_name)
     SELECT $1, 'BENCH-2026-0001', 'Bench', 'Bench', '{}', a.id, 1, true, 'Bench', p.id, 'Bench' FROM agency a, person p
      WHERE a.code = 'ashworth' AND p.name_id = p.id::text`,
    [workspaceId],
  );
  await superuser.query(
    `INSERT INTO workspace_member (workspace_id, agency_id, agreement_id, clause_id, purpose, invited_by, invited_by_name, valid_from)
     SELECT w.id, a.id, g.id, c.id, c.purpose, w.created_by, 'Bench', now()
       FROM workspace w, agency a, agreement g JOIN agreement_clause c ON c.agreement_id = g.id
      WHERE w.id = $1 AND a.code = 'northmoor-police' ORDER BY c.code LIMIT 1`,
    [workspaceId],
  );
  return { workspaceId };
}

/** Commits one breach with its event, as the portal does. Answers the moment before COMMIT was sent, from `performance.now()`. */
export async function commitBreach(superuser: pg.Client, { workspaceId }: SharedCase): Promise<number> {
  const itemId = randomUUID();
  const payload = { workspaceId, itemId, urgency: 'critical', ruleId: 'imminent-risk-to-health', ruleVersion: 1, tell: ['council', 'police', 'fire', 'health'] };
  await superuser.query('BEGIN');
  await superuser.query(
    `INSERT INTO item (id, workspace_id, kind, title, originator_agency_id, tier, sensitive, created_by, created_by_name, created_at, updated_at, words)
     SELECT $1, id, 'finding', 'Bench', lead_agency_id, 1, true, created_by, 'Bench', now(), now(), '' FROM workspace WHERE id = $2`,
    [itemId, workspaceId],
  );
  await superuser.query(
    `INSERT INTO outbox (id, type, payload, correlation_id, created_at) VALUES ($1, 'workspaces.breach-raised.v1', $2, 'bench', now())`,
    [randomUUID(), payload],
  );
  await superuser.query(`SELECT pg_notify('concordat_outbox', '')`);
  const committed = performance.now();
  await superuser.query('COMMIT');
  return committed;
}
