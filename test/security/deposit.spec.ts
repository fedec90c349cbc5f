import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../api/alert-case.js';
import { formToken, newFile, patch, request, setTheScene, ticketFor, type Scene } from '../api/evidence-scene.js';
import { startWorld, type World } from '../builders/world.js';

const LIMIT = 500_000;

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await startWorld({ env: { UPLOAD_LIMIT_BYTES: String(LIMIT) } });
  scene = await setTheScene(world);
}, 120_000);

afterAll(() => world.stop());

describe('a form whose file is refused', () => {
  it('over the limit: is told the limit, and nothing of it is kept', async () => {
    const ticket = await request(scene.amira, scene.workspaceId);
    const response = await submit(ticket.formPath, newFile(LIMIT + 1));
    expect([response.status, await response.text()]).toEqual([413, expect.stringContaining('500,000 bytes')]);
    expect(await keptOf(ticket.id)).toEqual({ state: 'waiting', files: [] });
    expect((await submit(ticket.formPath, newFile(LIMIT))).status).toBe(303);
  }, 30_000);

  it('empty: is told so, and the ticket takes another', async () => {
    const ticket = await request(scene.amira, scene.workspaceId);
    const response = await submit(ticket.formPath, newFile(0));
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('The file is empty')]);
    expect(await keptOf(ticket.id)).toEqual({ state: 'waiting', files: [] });
  }, 30_000);

  it.each([-1, 1])('not as long as was announced (%d): is told so, and the ticket takes the right one', async (more) => {
    const file = newFile(100_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    const response = await submit(ticket.formPath, newFile(file.length + more));
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('not as long as was announced')]);
    expect(await keptOf(ticket.id)).toEqual({ state: 'waiting', files: [] });
    expect((await submit(ticket.formPath, file)).status).toBe(303);
  }, 30_000);
});

describe('a deposit is decided anew when the file is there', () => {
  it('refused, and recorded, when the agreement no longer reaches as high as its marking', async () => {
    const file = newFile(1000);
    const ticket = await ticketFor(scene.priya, scene.workspaceId, file);
    await reach(false);
    const answer = await patch(scene.priya, ticket, 0, file);
    const none = await patch(scene.priya, { uploadPath: '/evidence/uploads/00000000-0000-4000-8000-000000000000' }, 0, file);
    await reach(true);
    expect([answer.status, await answer.text()]).toEqual([404, await none.text()]);
    expect((await keptOf(ticket.id)).state).toBe('waiting');
    const { rows } = await world.superuser.query<{ outcome: string }>(
      `SELECT outcome FROM ledger_entry WHERE verb = 'exhibit.deposit' AND person_name = 'Priya Shah' AND body::jsonb #>> '{workspace,id}' = $1`,
      [scene.workspaceId],
    );
    expect(rows).toEqual([{ outcome: 'refused' }]);
  }, 30_000);

  it('refused when its ticket was ended while the last part was on its way', async () => {
    const file = newFile(1000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await patch(scene.amira, ticket, 0, file.subarray(0, 500));
    await world.superuser.query('BEGIN');
    await world.superuser.query(`UPDATE upload_ticket SET state = 'failed', why = 'test', wrapped_key = NULL WHERE id = $1`, [ticket.id]);
    const answer = patch(scene.amira, ticket, 500, file.subarray(500));
    await eventually('the deposit waiting for its ticket', isWaited);
    await world.superuser.query('COMMIT');
    expect((await answer).status).toBe(404);
    expect((await keptOf(ticket.id)).state).toBe('failed');
  }, 30_000);
});

/** How high the investigation lies and every agreement reaches: to OFFICIAL-SENSITIVE, or not, with the investigation just below. */
async function reach(isSensitive: boolean): Promise<void> {
  await world.superuser.query('UPDATE workspace SET sensitive = $2 WHERE id = $1', [scene.workspaceId, isSensitive]);
  await world.superuser.query('UPDATE agreement SET ceiling_sensitive = $1', [isSensitive]);
}

async function submit(path = '', file: Uint8Array<ArrayBuffer>): Promise<Response> {
  const form = new FormData();
  form.append('csrf', await formToken(world, 'Amira Rahman'));
  form.append('file', new Blob([file]), 'a.bin');
  return scene.amira.fetch(path, { method: 'POST', body: form });
}

async function keptOf(id = ''): Promise<{ readonly state: string | undefined; readonly files: readonly string[] }> {
  const { rows } = await world.superuser.query<{ state: string }>('SELECT state FROM upload_ticket WHERE id = $1', [id]);
  const names = readdirSync(join(world.env['CONCORDAT_DATA'] ?? '', 'evidence'), { recursive: true, encoding: 'utf8' });
  return { state: rows[0]?.state, files: names.filter((name) => name.endsWith(id)) };
}

/** Whether anybody in this database waits for a lock. */
async function isWaited(): Promise<boolean> {
  // A transaction sees who is connected as they were when it first looked, and this one may be open while others connect.
  await world.superuser.query('SELECT pg_stat_clear_snapshot()');
  const { rowCount } = await world.superuser.query('SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()');
  return rowCount !== 0;
}
