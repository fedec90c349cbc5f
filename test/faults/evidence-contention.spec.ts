import { rmSync, symlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../scripts/postgres/free-port.js';
import { newFile, offsetOf, patch, setTheScene, sha256, ticketFor, type Scene, type Ticket } from '../api/evidence-scene.js';
import { startChild, type Child } from '../builders/child.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

let world: World;
let scene: Scene;
let second: Child;
/** The same officer in the same session, her requests sent to the second process. */
let elsewhere: Visitor;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  const port = String(await freePort());
  second = await startChild('run/main.js', { ...world.env, PORT: port }, 'The portal is ready');
  elsewhere = new Visitor(`http://localhost:${port}`, scene.amira.cookie);
}, 120_000);

afterAll(async () => {
  await second.stop();
  await world.stop();
});

describe('two deliveries of one ticket at once', () => {
  it.each(['the same process', 'another process'])('the later, in %s, is told to wait and the earlier loses nothing', async (where) => {
    const file = newFile(1_200_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    const wire = begin(ticket, file.length);
    wire.write(file.subarray(0, 700_000));
    await until(async () => (await progress(ticket)) >= 262_144);
    const late = await patch(where === 'another process' ? elsewhere : scene.amira, ticket, 0, file);
    expect([late.status, await late.text()]).toEqual([423, expect.stringContaining('is being received')]);
    const answered = firstLine(wire);
    wire.write(file.subarray(700_000));
    expect(await answered).toContain(' 204 ');
    expect(await contentOf(ticket)).toBe(sha256(file));
  });

  it('sent together from the first octet: one is served, the other is refused', async () => {
    const file = newFile(900_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    const answers = await Promise.all([scene.amira, elsewhere, scene.amira, elsewhere].map((who) => patch(who, ticket, 0, file).then(({ status }) => status)));
    expect(answers.filter((status) => status === 204)).toHaveLength(1);
    expect(answers.filter((status) => status !== 204).every((status) => status === 423 || status === 409 || status === 422)).toBe(true);
    expect(await contentOf(ticket)).toBe(sha256(file));
  });
});

describe('an upload that goes on at another process', () => {
  it('is handed over at its last whole chunk, and both say the same when it is done', async () => {
    const file = newFile(1_000_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    expect((await patch(scene.amira, ticket, 0, file.subarray(0, 600_000))).status).toBe(204);
    const offset = await offsetOf(elsewhere, ticket);
    expect(offset).toBeGreaterThan(262_144);
    expect(offset).toBeLessThanOrEqual(600_000);
    expect((await patch(elsewhere, ticket, offset, file.subarray(offset))).status).toBe(204);
    expect([await offsetOf(scene.amira, ticket), await contentOf(ticket)]).toEqual([file.length, sha256(file)]);
  });

  it('goes on when the database has ended the session that held it', async () => {
    const file = newFile(1_000_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await patch(scene.amira, ticket, 0, file.subarray(0, 600_000));
    await world.superuser.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'concordat-uploads' AND datname = current_database()`);
    await until(async () => (await progress(ticket)) < 600_000);
    const offset = await offsetOf(scene.amira, ticket);
    expect((await patch(scene.amira, ticket, offset, file.subarray(offset))).status).toBe(204);
    expect(await contentOf(ticket)).toBe(sha256(file));
  });
});

describe('while a file is being made evidence', () => {
  it('nobody takes it up again: neither who asks how far it is nor who sends it once more', async () => {
    const file = newFile(500_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await world.superuser.query('BEGIN');
    await world.superuser.query('LOCK TABLE exhibit IN ACCESS EXCLUSIVE MODE');
    const first = patch(scene.amira, ticket, 0, file);
    await until(async () => (await waitingOn('exhibit')) > 0);
    expect(await offsetOf(scene.amira, ticket)).toBe(file.length);
    expect((await patch(scene.amira, ticket, 0, file)).status).toBe(423);
    expect((await patch(elsewhere, ticket, 0, file)).status).toBe(423);
    await world.superuser.query('COMMIT');
    expect((await first).status).toBe(204);
    expect(await contentOf(ticket)).toBe(sha256(file));
  });
});

describe('a full disk', () => {
  it('is said in words with 507, and the ticket takes the file once there is room', async () => {
    const file = newFile(600_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    // What is written to this device is refused as a full disk refuses it.
    const draft = join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', 'quarantine', ticket.id);
    symlinkSync('/dev/full', draft);
    const refused = await patch(scene.amira, ticket, 0, file);
    expect([refused.status, await refused.text()]).toEqual([507, expect.stringContaining('no room for this file')]);
    rmSync(draft);
    expect((await patch(scene.amira, ticket, await offsetOf(scene.amira, ticket), file)).status).toBe(204);
    expect(await contentOf(ticket)).toBe(sha256(file));
  });
});

/** Opens a delivery of `length` octets on a wire of its own. */
function begin(ticket: Ticket, length: number): Socket {
  const { hostname, port, host } = new URL(world.baseUrl);
  const wire = connect(Number(port), hostname);
  const headers = { host, cookie: scene.amira.cookie ?? '', 'tus-resumable': '1.0.0', 'upload-offset': 0, 'content-type': 'application/offset+octet-stream', 'content-length': length };
  wire.write(`PATCH ${ticket.uploadPath} HTTP/1.1\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  return wire;
}

function firstLine(wire: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    wire.once('error', reject);
    wire.once('data', (answer: Buffer) => {
      wire.destroy();
      resolve(answer.toString().split('\r\n')[0] ?? '');
    });
  });
}

/** How far an upload is, without taking it up. */
async function progress(ticket: Ticket): Promise<number> {
  const { uploadTicket } = await scene.amira.ask<{ uploadTicket: { offset: number } }>('query ($id: ID!) { uploadTicket(id: $id) { offset } }', { id: ticket.id });
  return uploadTicket.offset;
}

/** Statements that wait for a lock on a table. */
async function waitingOn(table: string): Promise<number> {
  const { rows } = await world.superuser.query<{ n: number }>('SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = $1::regclass', [table]);
  return rows[0]?.n ?? 0;
}

/** SHA-256 of what the portal hands out for a ticket's exhibit. */
async function contentOf(ticket: Ticket): Promise<string> {
  const { uploadTicket } = await scene.amira.ask<{ uploadTicket: { exhibitId: string } }>('query ($id: ID!) { uploadTicket(id: $id) { exhibitId } }', { id: ticket.id });
  const response = await scene.amira.fetch(`/evidence/${uploadTicket.exhibitId}/content`);
  return sha256(Buffer.from(await response.arrayBuffer()));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 20_000;
  while (!(await condition())) if (Date.now() > limit) throw new Error('It did not come about in time.');
}
