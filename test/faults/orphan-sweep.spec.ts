import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { deposit, newFile, patch, setTheScene, ticketFor, type Scene } from '../api/evidence-scene.js';
import { eventually } from '../api/alert-case.js';
import { keep } from '../api/keeping-scene.js';
import { startWorld, type World } from '../builders/world.js';

const HOUR_MS = 60 * 60 * 1000;
const STRANGE = '00000000-0000-4000-8000-00000000beef';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
}, 120_000);

afterAll(() => world.stop());

it('the sweep removes what is known to have come to nothing, and nothing else', async () => {
  const [expired, failed, freshlyExpired, waiting] = [await begun(), await begun(), await begun(), await begun()];
  const { rows } = await world.superuser.query<{ id: string }>('SELECT id FROM upload_ticket WHERE item_id = $1', [await deposit(scene.amira, scene.workspaceId, newFile(10))]);
  const done = rows[0]?.id ?? '';
  writeFileSync(draft(STRANGE), 'of a database restored from a copy');
  // The portal holds the uploads open as long as it runs; the sweep is run as a process starts.
  await world['children'].at(-1)?.stop();
  await world.superuser.query(`UPDATE upload_ticket SET expires_at = now() - interval '1 second' WHERE id = ANY ($1::uuid[])`, [[expired, freshlyExpired, done]]);
  await world.superuser.query(`UPDATE upload_ticket SET state = 'failed', why = 'test', wrapped_key = NULL WHERE id = $1`, [failed]);
  for (const path of [...[expired, failed, waiting, STRANGE].map(draft), evidence(done)]) utimesSync(path, long(), long());
  const portal = await world.startApi();
  await eventually('the sweep being over', () => Promise.resolve(portal.output().includes('The sweep of abandoned uploads is over')));
  expect(portal.output()).toContain('A sealed file belongs to no ticket of this database');
  const left = { expired: existsSync(draft(expired)), failed: existsSync(draft(failed)), freshlyExpired: existsSync(draft(freshlyExpired)), waiting: existsSync(draft(waiting)), strange: existsSync(draft(STRANGE)), done: existsSync(evidence(done)) };
  expect(left).toEqual({ expired: false, failed: false, freshlyExpired: true, waiting: true, strange: true, done: true });
}, 90_000);

it('the sweep takes the body of what was disposed of, where it is still there, and none that was only proposed for it', async () => {
  const [gone, kept] = [await deposit(scene.amira, scene.workspaceId, newFile(10)), await deposit(scene.amira, scene.workspaceId, newFile(10))];
  const tom = await world.signIn('tom.bell');
  for (const exhibitId of [gone, kept]) await keep(scene.amira, 'proposeDisposal', { exhibitId, rule: 'council-6', reason: 'Over' });
  await keep(tom, 'decideDisposal', { exhibitId: gone, approve: true, reason: 'Agreed' });
  const { rows } = await world.superuser.query<{ item: string; key: string }>('SELECT item_id AS item, blob_key AS key FROM exhibit WHERE item_id = ANY ($1)', [[gone, kept]]);
  const bodyOf = (id: string): string => evidence(rows.find(({ item }) => item === id)?.key ?? '');
  expect([existsSync(bodyOf(gone)), existsSync(bodyOf(kept))]).toEqual([false, true]);
  // As where it could not be removed when it was disposed of, or came back with a backup.
  writeFileSync(bodyOf(gone), 'still there');
  await world['children'].at(-1)?.stop();
  for (const id of [gone, kept]) utimesSync(bodyOf(id), long(), long());
  const portal = await world.startApi();
  await eventually('the sweep being over', () => Promise.resolve(portal.output().includes('The sweep of abandoned uploads is over')));
  expect([existsSync(bodyOf(gone)), existsSync(bodyOf(kept))]).toEqual([false, true]);
}, 90_000);

it('the sweep goes past one that it cannot remove, and says so', async () => {
  const ids = (await Promise.all([begun(), begun(), begun()])).sort();
  const [first] = ids;
  await world['children'].at(-1)?.stop();
  await world.superuser.query(`UPDATE upload_ticket SET expires_at = now() - interval '1 second' WHERE id = ANY ($1::uuid[])`, [ids]);
  for (const id of ids) utimesSync(draft(id), long(), long());
  // A folder where a file would be is nothing that removing a file removes.
  mkdirSync(evidence(first));
  const portal = await world.startApi();
  await eventually('the sweep being over', () => Promise.resolve(portal.output().includes('The sweep of abandoned uploads is over')));
  expect(ids.slice(1).map((id) => existsSync(draft(id)))).toEqual([false, false]);
  expect(portal.output()).toMatch(new RegExp(`"blob":"${first}".*A sealed file could not be swept and will be tried again`));
}, 90_000);

/** A ticket a part of whose file has arrived. */
async function begun(): Promise<string> {
  const file = newFile(700_000);
  const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
  expect((await patch(scene.amira, ticket, 0, file.subarray(0, 600_000))).status).toBe(204);
  return ticket.id;
}

function draft(id: string): string {
  return join(made('quarantine'), id);
}

function evidence(id: string): string {
  return join(made('published', id.slice(0, 2)), id);
}

function made(...folders: string[]): string {
  const folder = join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', ...folders);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Longer ago than any upload that may still be under way. */
function long(): Date {
  return new Date(Date.now() - 2 * HOUR_MS);
}
