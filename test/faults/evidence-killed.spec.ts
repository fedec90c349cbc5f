import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newFile, offsetOf, patch, setTheScene, sha256, ticketFor, type Scene, type Ticket } from '../api/evidence-scene.js';
import { eventually } from '../api/alert-case.js';
import type { Child } from '../builders/child.js';
import { startWorld, type World } from '../builders/world.js';

const ROUNDS = 8;
/** Each upload under way is at a place of its own when the portal is killed: eight times twenty-five of them are the two hundred. */
const AT_ONCE = 25;
/** A chunk and a half: some are all in memory when they are killed, some have been written in part. */
const LARGEST = 400_000;
const LONG_AGO = new Date(Date.now() - 2 * 60 * 60 * 1000);

interface Upload {
  readonly ticket: Ticket;
  readonly file: Buffer;
  acknowledged: boolean;
}

interface Outcome {
  readonly acknowledged: number;
  /** Done, and the answer was lost with the portal. */
  readonly unsaid: number;
  readonly begun: number;
}

let world: World;
let scene: Scene;
let portal: Child;
/** How long a round takes that nobody interrupts: the kills are spread over it. */
let whole = 0;
/** What the next round goes on with. */
const unfinished: Upload[] = [];
const exhibits = new Map<string, string>();

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  const uploads = await tickets(AT_ONCE);
  const began = performance.now();
  await Promise.all(uploads.map(send));
  whole = performance.now() - began;
  await world['children'].at(-1)?.stop();
  portal = await world.startApi();
}, 120_000);

afterAll(() => world.stop());

it('killed at two hundred random points, every acknowledged upload is evidence and opens, and no other is evidence by half', async () => {
  const outcomes: Outcome[] = [];
  // The late ones first: the last leaves the most that is unfinished.
  for (let round = ROUNDS - 1; round >= 0; round -= 1) outcomes.push(await killedAmid(((round + Math.random()) / ROUNDS) * whole));
  const sum = (of: keyof Outcome): number => outcomes.reduce((total, outcome) => total + outcome[of], 0);
  // Kills that all came too early or too late would prove nothing.
  expect([sum('acknowledged') > 0, sum('begun') > 0, sum('acknowledged') + sum('unsaid') + sum('begun')]).toEqual([true, true, ROUNDS * AT_ONCE]);
}, 240_000);

it('of those that never became evidence some are gone on with, and the rest leaves nothing once its time is over', async () => {
  const [goneOnWith, given] = [unfinished.slice(0, 5), unfinished.slice(5)];
  for (const { ticket, file } of goneOnWith) {
    const offset = await offsetOf(scene.amira, ticket);
    expect((await patch(scene.amira, ticket, offset, file.subarray(offset))).status).toBe(204);
    await expectEvidence({ ticket, file });
  }
  await portal.stop();
  await world.superuser.query(`UPDATE upload_ticket SET expires_at = now() - interval '1 second' WHERE state = 'waiting'`);
  // A body may have been published before the row was written that makes it evidence; that one too is removed.
  for (const path of [...stored('quarantine'), ...stored('published')]) utimesSync(path, LONG_AGO, LONG_AGO);
  portal = await world.startApi();
  await eventually('the sweep being over', () => Promise.resolve(portal.output().includes('The sweep of abandoned uploads is over')));
  const left = [...stored('quarantine'), ...stored('published')];
  expect(given.flatMap(({ ticket: { id } }) => left.filter((path) => path.includes(id)))).toEqual([]);
  const { rows } = await world.superuser.query<{ key: string }>('SELECT blob_key AS key FROM exhibit');
  expect(stored('published').map((path) => path.slice(path.lastIndexOf('/') + 1)).sort()).toEqual(rows.map(({ key }) => key).sort());
  for (const [id, hash] of exhibits) expect(await hashOf(id)).toBe(hash);
}, 120_000);

/** Uploads at once, the portal killed `after` so many milliseconds; then what became of each. */
async function killedAmid(after: number): Promise<Outcome> {
  const begun = unfinished.splice(0);
  const uploads = [...begun, ...(await tickets(AT_ONCE - begun.length))];
  const sent = Promise.all(uploads.map(send));
  await pause(after);
  await portal.kill();
  await sent;
  portal = await world.startApi();
  const outcome = { acknowledged: 0, unsaid: 0, begun: 0 };
  for (const upload of uploads) {
    const isDone = (await exhibitOf(upload.ticket)) !== null;
    if (upload.acknowledged) expect(isDone).toBe(true);
    if (isDone) await expectEvidence(upload);
    else unfinished.push(upload);
    outcome[upload.acknowledged ? 'acknowledged' : isDone ? 'unsaid' : 'begun'] += 1;
  }
  return outcome;
}

function tickets(many: number): Promise<Upload[]> {
  return Promise.all(Array.from({ length: many }, async () => {
    const file = newFile(1 + Math.floor(Math.random() * LARGEST));
    return { ticket: await ticketFor(scene.amira, scene.workspaceId, file), file, acknowledged: false };
  }));
}

async function send(upload: Upload): Promise<void> {
  const { ticket, file } = upload;
  const answer = await offsetOf(scene.amira, ticket).then((offset) => patch(scene.amira, ticket, offset, file.subarray(offset))).catch(() => undefined);
  upload.acknowledged = answer?.status === 204 && answer.headers.get('concordat-exhibit') !== null;
}

async function expectEvidence({ ticket, file }: Pick<Upload, 'ticket' | 'file'>): Promise<void> {
  const id = await exhibitOf(ticket);
  const hash = sha256(file);
  expect({ ticket: ticket.id, hash: id === null ? undefined : await hashOf(id) }).toEqual({ ticket: ticket.id, hash });
  if (id !== null) exhibits.set(id, hash);
}

async function hashOf(id: string): Promise<string> {
  return sha256(Buffer.from(await (await scene.amira.fetch(`/evidence/${id}/content`)).arrayBuffer()));
}

async function exhibitOf(ticket: Ticket): Promise<string | null> {
  const { uploadTicket } = await scene.amira.ask<{ uploadTicket: { exhibitId: string | null } }>('query ($id: ID!) { uploadTicket(id: $id) { exhibitId } }', { id: ticket.id });
  return uploadTicket.exhibitId;
}

/** Every file in one place of the store. */
function stored(place: 'quarantine' | 'published'): string[] {
  const folder = join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', place);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}
