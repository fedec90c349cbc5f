import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventOfRow, firstBrokenLink, type CustodyEvent, type CustodyRow } from '../../libs/custody/index.js';
import { startWorld, type World } from '../builders/world.js';
import { deposit, formToken, invite, newFile, offsetOf, patch, request, setTheScene, sha256, ticketFor, type Scene } from './evidence-scene.js';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
}, 120_000);

afterAll(() => world.stop());

const EXHIBIT = `query ($id: ID!) { exhibit(id: $id) { id reference title fileName mediaType sizeBytes sha256 producedBy agency { code }
  marking { text } contentPath custody { seq act by agency to hash previousHash } } }`;

interface Exhibit {
  readonly reference: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly contentPath: string;
  readonly custody: readonly { readonly seq: number; readonly act: string; readonly by: string; readonly to: string | null }[];
}

describe('depositing and opening an exhibit', () => {
  it('gives back the very bytes, to the officer and to the partner she shares the investigation with', async () => {
    const file = newFile(3_000_001);
    const id = await deposit(scene.amira, scene.workspaceId, file);
    for (const reader of [scene.amira, scene.priya]) {
      const { exhibit } = await reader.ask<{ exhibit: Exhibit }>(EXHIBIT, { id });
      expect(exhibit).toMatchObject({ reference: 'AR/1', sizeBytes: file.length, sha256: sha256(file), producedBy: 'Amira Rahman' });
      const response = await reader.fetch(exhibit.contentPath);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true);
      expect(response.headers.get('content-length')).toBe(String(file.length));
    }
  });

  it('keeps a chain of custody that holds, with who opened it and from which agency', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(10));
    await (await scene.priya.fetch(`/evidence/${id}/content`)).arrayBuffer();
    const { exhibit } = await scene.amira.ask<{ exhibit: Exhibit }>(EXHIBIT, { id });
    expect(exhibit.custody.map(({ act, by }) => `${act} by ${by}`)).toEqual(['deposited by Amira Rahman', 'opened by Priya Shah']);
    expect(firstBrokenLink(id, await storedChain(id))).toBeUndefined();
    await world.superuser.query(`UPDATE custody_event SET by_name = 'Somebody Else' WHERE item_id = $1 AND seq = 1`, [id]);
    expect(firstBrokenLink(id, await storedChain(id))).toMatchObject({ seq: 1, code: 'altered' });
  });

  it('writes the deposit and every opening into the ledger, the opening before any byte leaves', async () => {
    const file = newFile(100);
    const id = await deposit(scene.amira, scene.workspaceId, file);
    await (await scene.priya.fetch(`/evidence/${id}/content`)).arrayBuffer();
    const { rows } = await world.superuser.query<{ body: string }>(`SELECT body FROM ledger_entry WHERE body LIKE '%' || $1 || '%'`, [id]);
    const entries = rows.map(({ body }) => JSON.parse(body) as { verb: string; outcome: string; details: { sha256?: string }; clause?: string });
    expect(entries).toContainEqual(expect.objectContaining({ verb: 'exhibit.deposit', outcome: 'done', details: expect.objectContaining({ sha256: sha256(file) }) as unknown }));
    expect(entries).toContainEqual(expect.objectContaining({ verb: 'exhibit.open', outcome: 'done', clause: '4.1' }));
  });

  it('hands nothing to an agency that holds its own key, says so, and records that it was asked', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(10));
    const police = `agency_id = (SELECT id FROM agency WHERE code = 'northmoor-police')`;
    const { rows: held } = await world.superuser.query<{ fingerprint: string; key: Buffer }>(`SELECT fingerprint, locked_key AS key FROM agency_key WHERE ${police}`);
    await world.superuser.query(`UPDATE agency_key SET locked_key = NULL WHERE ${police}`);
    const response = await scene.priya.fetch(`/evidence/${id}/content`);
    for (const { fingerprint, key } of held) await world.superuser.query('UPDATE agency_key SET locked_key = $2 WHERE fingerprint = $1', [fingerprint, key]);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('Your agency holds its own key, so the portal cannot open this');
    const { rows } = await world.superuser.query<{ outcome: string; reason: string; title: string }>(
      `SELECT outcome, body::jsonb ->> 'reason' AS reason, subject_title AS title FROM ledger_entry WHERE verb = 'exhibit.open' AND subject_id = $1`, [id]);
    expect(rows).toEqual([{ outcome: 'refused', reason: 'agency-holds-its-key', title: expect.any(String) }]);
  });

  it('numbers exhibits per person and never twice', async () => {
    const file = newFile(1);
    const given = await Promise.all([1, 2, 3, 4].map(() => ticketFor(scene.priya, scene.workspaceId, file)));
    expect(given.map(({ reference }) => reference).sort()).toEqual(['PS/1', 'PS/2', 'PS/3', 'PS/4']);
  });

  it('shows exhibits newest first in pages, and tells what kind of file it is from the file', async () => {
    const photo = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), newFile(500)]);
    const id = await deposit(scene.amira, scene.workspaceId, photo, { fileName: 'harmless.txt' });
    const list = `query ($id: ID!, $after: String) { exhibits(workspaceId: $id, first: 1, after: $after) { nodes { id mediaType } pageInfo { endCursor hasNextPage } } }`;
    interface Page { exhibits: { nodes: { id: string; mediaType: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }
    const first = await scene.amira.ask<Page>(list, { id: scene.workspaceId });
    expect(first.exhibits).toMatchObject({ nodes: [{ id, mediaType: 'image/jpeg' }], pageInfo: { hasNextPage: true } });
    const second = await scene.amira.ask<Page>(list, { id: scene.workspaceId, after: first.exhibits.pageInfo.endCursor });
    expect(second.exhibits.nodes[0]?.id).not.toBe(id);
  });

  it('sends a part of the file when a part is asked for', async () => {
    const file = newFile(1_000_000);
    const id = await deposit(scene.amira, scene.workspaceId, file);
    const part = await scene.amira.fetch(`/evidence/${id}/content`, { headers: { range: 'bytes=300000-700000' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 300000-700000/1000000');
    expect(Buffer.from(await part.arrayBuffer()).equals(file.subarray(300_000, 700_001))).toBe(true);
    expect((await scene.amira.fetch(`/evidence/${id}/content`, { headers: { range: 'bytes=1000000-' } })).status).toBe(416);
  });

  it.each(['bytes=-999999', 'bytes=1-', 'bytes=5-3', 'bytes=00-', 'items=0-', 'bytes=0-1,2-3'])('says in the chain of custody that it was opened, asked for by %s', async (range) => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(1_000));
    for (const part of [range, 'bytes=10-20']) {
      const response = await scene.priya.fetch(`/evidence/${id}/content`, { headers: { range: part } });
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
    }
    const { exhibit } = await scene.amira.ask<{ exhibit: Exhibit }>(EXHIBIT, { id });
    expect(exhibit.custody.map(({ act, by }) => `${act} by ${by}`)).toEqual(['deposited by Amira Rahman', 'opened by Priya Shah']);
  });

  it('lets an agency invited after the deposit open it, and records that it was shared', async () => {
    const frank = await world.signIn('frank.moss');
    const id = await deposit(scene.amira, scene.workspaceId, newFile(300_000));
    expect((await frank.fetch(`/evidence/${id}/content`)).status).toBe(404);
    const { agreements } = await scene.amira.ask<{ agreements: { parties: { id: string; code: string }[]; clauses: { id: string; code: string }[] }[] }>(
      '{ agreements { parties { id code } clauses { id code } } }',
    );
    const fire = agreements[0]?.parties.find(({ code }) => code === 'northmoor-fire')?.id ?? '';
    await invite(scene.amira, scene.workspaceId, fire, agreements[0]?.clauses.find(({ code }) => code === '4.2')?.id ?? '');
    const response = await frank.fetch(`/evidence/${id}/content`);
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(300_000);
    const { exhibit } = await scene.amira.ask<{ exhibit: Exhibit }>(EXHIBIT, { id });
    expect(exhibit.custody.map(({ act }) => act)).toEqual(['deposited', 'shared', 'opened']);
  });
});

describe('sending a file in parts', () => {
  it('goes on where it stopped, and counts only what follows on', async () => {
    const file = newFile(700_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    const first = await patch(scene.amira, ticket, 0, file.subarray(0, 400_000));
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '400000']);
    expect(await offsetOf(scene.amira, ticket)).toBe(400_000);
    expect((await patch(scene.amira, ticket, 0, file.subarray(0, 10))).status).toBe(409);
    const last = await patch(scene.amira, ticket, 400_000, file.subarray(400_000));
    expect(last.status).toBe(204);
    const response = await scene.amira.fetch(`/evidence/${last.headers.get('concordat-exhibit') ?? ''}/content`);
    expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true);
    expect(await offsetOf(scene.amira, ticket)).toBe(file.length);
  });

  it('shows on the ticket how far it is and what it became', async () => {
    const file = newFile(20);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    const query = 'query ($id: ID!) { uploadTicket(id: $id) { state offset sizeBytes exhibitId } }';
    await patch(scene.amira, ticket, 0, file.subarray(0, 5));
    expect(await scene.amira.ask(query, { id: ticket.id })).toMatchObject({ uploadTicket: { state: 'waiting', offset: 5, sizeBytes: 20, exhibitId: null } });
    const done = await patch(scene.amira, ticket, 5, file.subarray(5));
    expect(await scene.amira.ask(query, { id: ticket.id })).toMatchObject({ uploadTicket: { state: 'done', offset: 20, exhibitId: done.headers.get('concordat-exhibit') } });
  });
});

describe('the plain form', () => {
  it('deposits a file without script and comes back to the evidence of the investigation', async () => {
    const file = newFile(900_000);
    const ticket = await request(scene.amira, scene.workspaceId);
    const response = await submit(ticket.formPath ?? '', await formToken(world, 'Amira Rahman'), file, 'photo of kitchen.jpg');
    expect([response.status, response.headers.get('location')]).toEqual([303, `/investigations/${scene.workspaceId}/evidence`]);
    const { uploadTicket } = await scene.amira.ask<{ uploadTicket: { exhibitId: string } }>('query ($id: ID!) { uploadTicket(id: $id) { exhibitId } }', { id: ticket.id });
    const content = await scene.amira.fetch(`/evidence/${uploadTicket.exhibitId}/content`);
    expect(Buffer.from(await content.arrayBuffer()).equals(file)).toBe(true);
    expect(content.headers.get('content-disposition')).toContain('photo of kitchen.jpg');
  });

  it('refuses a form from elsewhere, an empty file and no file, each in words', async () => {
    const ticket = await request(scene.amira, scene.workspaceId);
    const path = ticket.formPath ?? '';
    expect((await submit(path, 'not the token', newFile(10), 'a.bin')).status).toBe(404);
    const empty = await submit(path, await formToken(world, 'Amira Rahman'), Buffer.alloc(0), 'a.bin');
    expect([empty.status, empty.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(await empty.text()).toMatch(/<h1[^>]*>The file was not taken<\/h1>[^]*The file is empty/);
    const none = await submit(path, await formToken(world, 'Amira Rahman'), undefined, '');
    expect([none.status, await none.text()]).toEqual([400, expect.stringContaining('Choose a file first')]);
    // After all that the same ticket still takes the right file.
    expect((await submit(path, await formToken(world, 'Amira Rahman'), newFile(10), 'a.bin')).status).toBe(303);
  });

  function submit(path: string, token: string, file: Uint8Array<ArrayBuffer> | undefined, name: string): Promise<Response> {
    const form = new FormData();
    form.append('csrf', token);
    if (file) form.append('file', new Blob([file]), name);
    return scene.amira.fetch(path, { method: 'POST', body: form });
  }
});

async function storedChain(id: string): Promise<CustodyEvent[]> {
  const { rows } = await world.superuser.query<CustodyRow>('SELECT * FROM custody_event WHERE item_id = $1 ORDER BY seq', [id]);
  return rows.map(eventOfRow);
}
