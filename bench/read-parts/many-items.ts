import type pg from 'pg';

const PER_WORKSPACE = 100;

/** Fills one investigation with `count` notes, straight in the database: writing them is not what is measured. */
export async function addItems(superuser: pg.Client, workspaceId: string, count: number): Promise<void> {
  await superuser.query(
    `INSERT INTO item (id, workspace_id, kind, title, originator_agency_id, tier, sensitive, created_by, created_by_name, created_at, updated_at, words)
     SELECT gen_random_uuid(), w.id, 'note', 'Note ' || n, w.lead_agency_id, 1, true, w.created_by, 'Bench', now() - n * interval '1 minute', now(), ''
       FROM workspace w, generate_series(1, $2::int) n WHERE w.id = $1`,
    [workspaceId, count],
  );
}

/** Surrounds an investigation with others like it, same lead and same partner, until the database holds `count` items. */
export async function surround(superuser: pg.Client, workspaceId: string, count: number): Promise<void> {
  const { rows } = await superuser.query<{ held: number }>('SELECT count(*)::int AS held FROM item');
  const others = Math.ceil((count - (rows[0]?.held ?? 0)) / PER_WORKSPACE);
  await superuser.query(
    `INSERT INTO workspace (id, reference, title, summary, business, lead_agency_id, tier, sensitive, purpose, created_by, created_by_name, created_at)
     SELECT gen_random_uuid(), 'OTHER-' || n, 'Other ' || n, 'Bench', business, lead_agency_id, tier, sensitive, purpose, created_by, created_by_name, now()
       FROM workspace, generate_series(1, $2::int) n WHERE id = $1`,
    [workspaceId, others],
  );
  await superuser.query(
    `INSERT INTO workspace_member (workspace_id, agency_id, agreement_id, clause_id, purpose, invited_by, invited_by_name, valid_from, valid_to)
     SELECT w.id, m.agency_id, m.agreement_id, m.clause_id, m.purpose, m.invited_by, m.invited_by_name, m.valid_from, m.valid_to
       FROM workspace_member m, workspace w WHERE m.workspace_id = $1 AND w.id <> $1`,
    [workspaceId],
  );
  const { rows: made } = await superuser.query<{ id: string }>('SELECT id FROM workspace WHERE id <> $1', [workspaceId]);
  for (const { id } of made) await addItems(superuser, id, PER_WORKSPACE);
  await superuser.query('ANALYZE');
}
