import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths } from '../../src/portal/paths.js';
import { eventually } from './alert-case.js';
import { deposit, formToken, newFile, patch, request, setTheScene, ticketFor, type Scene } from './evidence-scene.js';
import { startWorld, type World } from '../builders/world.js';
import { Reader } from '../portal/reader.js';

const MOST_BYTES = 10_000;
const MOST_FILES = 4;
const ROOM = 'query ($id: ID!) { exhibits(workspaceId: $id) { room { files bytes mostFiles mostBytes } } }';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await startWorld({ env: { UPLOAD_QUOTA_BYTES: String(MOST_BYTES), UPLOAD_QUOTA_FILES: String(MOST_FILES) } });
  scene = await setTheScene(world);
}, 120_000);

afterAll(() => world.stop());

/** What somebody is told that her agency keeps in the investigation. */
async function roomOf(who: Scene['amira']): Promise<object | null> {
  return (await who.ask<{ exhibits: { room: object | null } }>(ROOM, { id: scene.workspaceId })).exhibits.room;
}

function stored(): string[] {
  return ['quarantine', 'published'].flatMap((place) => readdirSync(join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', place)));
}

async function refusals(): Promise<unknown[]> {
  const { rows } = await world.superuser.query<{ verb: string }>(`SELECT verb FROM ledger_entry WHERE outcome = 'refused' AND body::jsonb ->> 'reason' = 'no-room' ORDER BY at`);
  return rows.map(({ verb }) => verb);
}

describe('how much an agency keeps in an investigation', () => {
  it('is what it deposited and was given leave for, and nothing of another agency', async () => {
    await deposit(scene.amira, scene.workspaceId, newFile(3_000));
    await ticketFor(scene.amira, scene.workspaceId, newFile(5_000));
    expect(await roomOf(scene.amira)).toEqual({ files: 2, bytes: 8_000, mostFiles: MOST_FILES, mostBytes: MOST_BYTES });
    expect(await roomOf(scene.priya)).toEqual({ files: 0, bytes: 0, mostFiles: MOST_FILES, mostBytes: MOST_BYTES });
    const { main } = await new Reader(scene.amira).open(paths.evidence.to({ id: scene.workspaceId }));
    expect(main).toContain('Your agency keeps 8 KB here, of the 10 KB it may, in 2 of 4 files. Uploads under way count.');
  });

  it('is not exceeded by one that was announced, nor by two colleagues at once; the other agency has its own room', async () => {
    const tom = await world.signIn('tom.bell');
    const refused = await request(scene.amira, scene.workspaceId, { fileName: 'film.mp4', sizeBytes: 2_001 });
    expect(refused).toMatchObject({ code: 'too-large', faults: [{ field: 'input.sizeBytes', message: expect.stringContaining('room for 2,000 bytes more') as unknown }] });
    // Neither can be written yet, so both have looked for room before either has taken it.
    await world.superuser.query('BEGIN; LOCK TABLE upload_ticket IN SHARE MODE');
    const asked = Promise.all([scene.amira, tom].map((who) => request(who, scene.workspaceId, { fileName: 'film.mp4', sizeBytes: 1_500 })));
    await eventually('both waiting', async () => ((await world.superuser.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount ?? 0) >= 2 || undefined);
    await world.superuser.query('COMMIT');
    const both = await asked;
    expect(both.map(({ code }) => code ?? 'given').sort()).toEqual(['given', 'too-large']);
    await deposit(scene.priya, scene.workspaceId, newFile(MOST_BYTES));
    expect(await refusals()).toEqual(['exhibit.request-upload', 'exhibit.request-upload']);
  });

  it('is not exceeded by a form either, which says only with the file how large it is', async () => {
    const form = await request(scene.amira, scene.workspaceId);
    const body = new FormData();
    body.append('csrf', await formToken(world, 'Amira Rahman'));
    body.append('file', new Blob([newFile(501)]), 'film.mp4');
    const sent = await scene.amira.fetch(form.formPath ?? '', { method: 'POST', body, redirect: 'manual' });
    expect([sent.status, await sent.text()]).toEqual([413, expect.stringContaining('room for 500 bytes more')]);
    expect((await refusals()).at(-1)).toBe('exhibit.deposit');
    // What was refused fills no shelf either: neither as a draft nor as evidence.
    expect(stored()).not.toContain(form.id);
  });

  it('counts files too, however small; leave that has expired takes no room', async () => {
    const full = await request(scene.amira, scene.workspaceId, { fileName: 'a.txt', sizeBytes: 1 });
    expect(full).toMatchObject({ code: 'too-large', message: expect.stringContaining('may keep 4') as unknown });
    await world.superuser.query(`UPDATE upload_ticket SET expires_at = now() - interval '1 second' WHERE state = 'waiting'`);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, newFile(7_000));
    expect((await patch(scene.amira, ticket, 0, newFile(7_000))).status).toBe(204);
    expect(await roomOf(scene.amira)).toMatchObject({ files: 2, bytes: 10_000 });
  });
});
