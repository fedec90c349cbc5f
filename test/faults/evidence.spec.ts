import { appendFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as tus from 'tus-js-client';
import { deposit, newFile, offsetOf, patch, setTheScene, sha256, ticketFor, type Scene, type Ticket } from '../api/evidence-scene.js';
import type { Child } from '../builders/child.js';
import { startWorld, type World } from '../builders/world.js';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
}, 120_000);

afterAll(() => world.stop());

describe('kill -9 in the middle of an upload', () => {
  it.each([100, 300_000, 1_000_000, 2_400_000])('after about %d octets: goes on at a whole chunk and the evidence is the file', async (sent) => {
    const file = newFile(3_000_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file, { sha256: sha256(file) });
    const wire = sendPart(ticket, file, sent);
    await until(() => storedBytes(ticket) >= Math.max(0, sent - 600_000));
    await restart();
    wire.destroy();
    const offset = await offsetOf(scene.amira, ticket);
    expect(offset).toBeLessThanOrEqual(sent);
    expect(offset).toBeGreaterThanOrEqual(Math.max(0, sent - 900_000));
    await finish(ticket, file, offset);
  });

  it('with the last chunk torn: the torn part is sealed again to the same octets', async () => {
    const file = newFile(1_500_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await patch(scene.amira, ticket, 0, file.subarray(0, 1_200_000));
    await restart();
    truncateSync(quarantined(ticket), statSync(quarantined(ticket)).size - 1234);
    await finish(ticket, file, await offsetOf(scene.amira, ticket));
  });

  it('with the last chunk torn, and another file sent after it: is refused, begins anew, and takes the new file whole', async () => {
    const [file, other] = [newFile(1_500_000), newFile(1_500_000)];
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await patch(scene.amira, ticket, 0, file.subarray(0, 1_200_000));
    await restart();
    truncateSync(quarantined(ticket), statSync(quarantined(ticket)).size - 1234);
    const offset = await offsetOf(scene.amira, ticket);
    const mixed = await patch(scene.amira, ticket, offset, other.subarray(offset));
    expect([mixed.status, await mixed.text()]).toEqual([422, expect.stringContaining('Begin the upload again')]);
    expect(await offsetOf(scene.amira, ticket)).toBe(0);
    await finish(ticket, other, 0);
  });

  it('with what was stored damaged meanwhile: begins anew rather than build on it', async () => {
    const file = newFile(1_000_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await patch(scene.amira, ticket, 0, file.subarray(0, 900_000));
    const child = await killed();
    appendFileSync(quarantined(ticket), Buffer.alloc(10));
    truncateSync(quarantined(ticket), 300_000);
    appendFileSync(quarantined(ticket), Buffer.alloc(400_000));
    await child();
    expect(await offsetOf(scene.amira, ticket)).toBe(0);
    await finish(ticket, file, 0);
  });

  it('between publishing the body and the row that makes it evidence: nothing is lost and nothing is evidence twice', async () => {
    const file = newFile(900_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    // The row cannot be written, as if the database had gone away at the last moment.
    await world.superuser.query(`ALTER TABLE exhibit ADD CONSTRAINT fault CHECK (size_bytes <> 900000)`);
    expect((await patch(scene.amira, ticket, 0, file)).status).toBe(500);
    await world.superuser.query(`ALTER TABLE exhibit DROP CONSTRAINT fault`);
    const offset = await offsetOf(scene.amira, ticket);
    expect(offset).toBeGreaterThan(0);
    await finish(ticket, file, offset);
    const { rows } = await world.superuser.query('SELECT 1 FROM exhibit WHERE size_bytes = 900000');
    expect(rows).toHaveLength(1);
  });
});

describe('the record of an act', () => {
  it('is part of it: with the ledger refusing entries nothing is deposited and nothing is opened', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(50));
    const file = newFile(50);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await world.superuser.query(`ALTER TABLE ledger_entry ADD CONSTRAINT fault CHECK (body NOT LIKE '%"exhibit.%') NOT VALID`);
    const [opened, deposited] = [await scene.amira.fetch(`/evidence/${id}/content`), await patch(scene.amira, ticket, 0, file)];
    await world.superuser.query(`ALTER TABLE ledger_entry DROP CONSTRAINT fault`);
    expect([opened.status, deposited.status]).toEqual([500, 500]);
    await finish(ticket, file, await offsetOf(scene.amira, ticket));
  });
});

describe('a tus client that is not ours', () => {
  it('uploads in parts and resumes by itself when the portal is killed', async () => {
    const file = newFile(4_000_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    let killedOnce = false;
    await new Promise<void>((resolve, reject) => {
      const upload = new tus.Upload(file, {
        uploadUrl: new URL(ticket.uploadPath, world.baseUrl).href,
        chunkSize: 700_000,
        retryDelays: Array.from({ length: 60 }, () => 250),
        headers: { cookie: scene.amira.cookie ?? '' },
        onError: reject,
        onSuccess: () => resolve(),
        onChunkComplete: (_, taken) => {
          if (killedOnce || taken < 2_000_000) return;
          killedOnce = true;
          restart().catch(reject);
        },
      });
      upload.start();
    });
    expect(killedOnce).toBe(true);
    expect(await contentOf(ticket)).toBe(sha256(file));
  });
});

async function finish(ticket: Ticket, file: Buffer, offset: number): Promise<void> {
  const last = await patch(scene.amira, ticket, offset, file.subarray(offset));
  expect([last.status, await last.text()]).toEqual([204, '']);
  expect(await contentOf(ticket)).toBe(sha256(file));
}

/** SHA-256 of what the portal hands out for a ticket's exhibit. */
async function contentOf(ticket: Ticket): Promise<string> {
  const { uploadTicket } = await scene.amira.ask<{ uploadTicket: { exhibitId: string } }>('query ($id: ID!) { uploadTicket(id: $id) { exhibitId } }', { id: ticket.id });
  const response = await scene.amira.fetch(`/evidence/${uploadTicket.exhibitId}/content`);
  return sha256(Buffer.from(await response.arrayBuffer()));
}

/** Sends the beginning of a file and leaves the connection open. */
function sendPart(ticket: Ticket, file: Buffer, bytes: number): ReturnType<typeof connect> {
  const { hostname, port, host } = new URL(world.baseUrl);
  const wire = connect(Number(port), hostname).on('error', () => undefined);
  const headers = { host, cookie: scene.amira.cookie ?? '', 'tus-resumable': '1.0.0', 'upload-offset': 0, 'content-type': 'application/offset+octet-stream', 'content-length': file.length };
  wire.write(`PATCH ${ticket.uploadPath} HTTP/1.1\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
  wire.write(file.subarray(0, bytes));
  return wire;
}

/** kill -9, and the portal started again on the same data. */
async function restart(): Promise<void> {
  await (await killed())();
}

async function killed(): Promise<() => Promise<Child>> {
  // The world keeps its processes to itself; the newest is the portal.
  await world['children'].at(-1)?.kill();
  return () => world.startApi();
}

function quarantined(ticket: Ticket): string {
  return join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', 'quarantine', ticket.id);
}

function storedBytes(ticket: Ticket): number {
  const folder = join(quarantined(ticket), '..');
  return readdirSync(folder).includes(ticket.id) ? statSync(quarantined(ticket)).size : -1;
}

async function until(condition: () => boolean): Promise<void> {
  const limit = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > limit) throw new Error('It did not come about in time.');
    await pause(10);
  }
}
