import { existsSync, mkdirSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../scripts/postgres/free-port.js';
import { eventually } from '../api/alert-case.js';
import { deposit, newFile, offsetOf, patch, setTheScene, sha256, ticketFor, type Scene, type Ticket } from '../api/evidence-scene.js';
import { startChild, type Child } from '../builders/child.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { CommitProxy } from './commit-proxy.js';

/** What the deposit does to its ticket, last of all. */
const DEPOSITING = 'UPDATE upload_ticket SET state';

let world: World;
let scene: Scene;
let proxy: CommitProxy;
let portal: Child;
/** The officer at a portal whose database is reached through the proxy. */
let amira: Visitor;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
}, 120_000);
beforeEach(async () => {
  proxy = await CommitProxy.open(world.database.appUrl);
  const port = String(await freePort());
  portal = await startChild('run/main.js', { ...world.env, PORT: port, DATABASE_APP_URL: proxy.url }, 'The portal is ready');
  amira = new Visitor(`http://localhost:${port}`, scene.amira.cookie);
}, 60_000);
afterEach(async () => {
  await portal.kill();
  proxy.close();
});
afterAll(() => world.stop());

describe('the commit of a deposit', () => {
  it('was executed and its answer lost: it is evidence, and the sender is told so', async () => {
    const file = newFile(700_000);
    const ticket = await ticketFor(amira, scene.workspaceId, file);
    proxy.lose(DEPOSITING, 'answer is lost');
    const answer = await patch(amira, ticket, 0, file);
    expect([answer.status, proxy.lost]).toEqual([204, 1]);
    expect(answer.headers.get('concordat-exhibit')).toBe(await exhibitOf(ticket));
    expect(await contentOf(ticket)).toBe(sha256(file));
  }, 60_000);

  it('was executed, its answer lost and the database gone: nothing is taken back, and it is evidence when the database is there again', async () => {
    const file = newFile(700_000);
    const ticket = await ticketFor(amira, scene.workspaceId, file);
    proxy.lose(DEPOSITING, 'answer is lost and the database is away');
    expect([(await patch(amira, ticket, 0, file)).status, proxy.lost]).toEqual([500, 1]);
    expect(existsSync(published(ticket.id))).toBe(true);
    proxy.comeBack();
    expect(await eventually('the portal reaching its database', () => offsetOf(amira, ticket).catch(() => undefined))).toBe(file.length);
    expect(await contentOf(ticket)).toBe(sha256(file));
  }, 60_000);

  it('never arrived: it is not evidence, nothing stays published, and the ticket goes on', async () => {
    const file = newFile(700_000);
    const ticket = await ticketFor(amira, scene.workspaceId, file);
    proxy.lose(DEPOSITING, 'never arrives');
    expect([(await patch(amira, ticket, 0, file)).status, proxy.lost]).toEqual([500, 1]);
    expect([existsSync(published(ticket.id)), await exhibitOf(ticket)]).toEqual([false, null]);
    const offset = await offsetOf(amira, ticket);
    expect(offset).toBeGreaterThan(262_144);
    expect((await patch(amira, ticket, offset, file.subarray(offset))).status).toBe(204);
    expect(await contentOf(ticket)).toBe(sha256(file));
  }, 60_000);
});

describe('a body left in doubt', () => {
  it('of a deposit that is still being committed is not taken up: who asks waits until it is known', async () => {
    const file = newFile(700_000);
    const ticket = await ticketFor(amira, scene.workspaceId, file);
    await patch(amira, ticket, 0, file.subarray(0, 600_000));
    // Another process's deposit, as the database sees it: the ticket changed and not yet committed.
    await world.superuser.query('BEGIN');
    await world.superuser.query(`UPDATE upload_ticket SET state = 'failed', why = 'test', wrapped_key = NULL WHERE id = $1`, [ticket.id]);
    const head = scene.amira.fetch(ticket.uploadPath, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
    await eventually('the taking up waiting', isWaited);
    await world.superuser.query('COMMIT');
    expect((await head).status).toBe(409);
  }, 60_000);

  it('of evidence is published again by the sweep, and of nothing known to be done is not', async () => {
    const file = newFile(700_000);
    const id = await deposit(scene.amira, scene.workspaceId, file);
    const { rows } = await world.superuser.query<{ id: string }>('SELECT id FROM upload_ticket WHERE item_id = $1', [id]);
    const done = rows[0]?.id ?? '';
    const waiting = await ticketFor(scene.amira, scene.workspaceId, file);
    await patch(scene.amira, waiting, 0, file.subarray(0, 600_000));
    renameSync(published(done), quarantined(done));
    const [long] = [new Date(Date.now() - 2 * 60 * 60 * 1000)];
    for (const ticket of [done, waiting.id]) utimesSync(quarantined(ticket), long, long);
    expect((await scene.amira.fetch(`/evidence/${id}/content`)).status).toBe(503);
    // The sweep is run as a process starts.
    await portal.stop();
    portal = await startChild('run/main.js', { ...world.env, PORT: String(await freePort()) }, 'The portal is ready');
    await eventually('the evidence being published', () => Promise.resolve(existsSync(published(done))));
    const content = await scene.amira.fetch(`/evidence/${id}/content`);
    expect(sha256(Buffer.from(await content.arrayBuffer()))).toBe(sha256(file));
    expect([existsSync(quarantined(waiting.id)), existsSync(published(waiting.id))]).toEqual([true, false]);
  }, 60_000);
});

async function exhibitOf({ id }: Ticket): Promise<string | null> {
  const { rows } = await world.superuser.query<{ item_id: string | null }>('SELECT item_id FROM upload_ticket WHERE id = $1', [id]);
  return rows[0]?.item_id ?? null;
}

/** SHA-256 of what the portal hands out for a ticket's exhibit. */
async function contentOf(ticket: Ticket): Promise<string> {
  const response = await scene.amira.fetch(`/evidence/${(await exhibitOf(ticket)) ?? ''}/content`);
  return sha256(Buffer.from(await response.arrayBuffer()));
}

function quarantined(id: string): string {
  return join(made('quarantine'), id);
}

function published(id: string): string {
  return join(made('published', id.slice(0, 2)), id);
}

function made(...folders: string[]): string {
  const folder = join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', ...folders);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Whether anybody in this database waits for a lock. */
async function isWaited(): Promise<boolean> {
  // A transaction sees who is connected as they were when it first looked, and this one may be open while others connect.
  await world.superuser.query('SELECT pg_stat_clear_snapshot()');
  const { rowCount } = await world.superuser.query('SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()');
  return rowCount !== 0;
}
