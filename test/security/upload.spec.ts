import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deposit, formToken, newFile, offsetOf, patch, request, setTheScene, sha256, ticketFor, type Scene, type Ticket } from '../api/evidence-scene.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

const LIMIT = 2_000_000;

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await startWorld({ env: { UPLOAD_LIMIT_BYTES: String(LIMIT) } });
  scene = await setTheScene(world);
}, 120_000);

afterAll(() => world.stop());

describe('a file that is not what was announced', () => {
  it('empty: is refused before it is sent, with the field and what to do', async () => {
    const refused = await request(scene.amira, scene.workspaceId, { fileName: 'empty.bin', sizeBytes: 0 });
    expect(refused).toMatchObject({ code: 'invalid', faults: [{ field: 'input.sizeBytes', message: expect.stringContaining('The file is empty') as unknown }] });
  });

  it('over the limit: is refused before it is sent, naming the limit', async () => {
    const refused = await request(scene.amira, scene.workspaceId, { fileName: 'film.mp4', sizeBytes: LIMIT + 1 });
    expect(refused).toMatchObject({ code: 'too-large', message: expect.stringContaining('2,000,000 bytes') as unknown });
    expect(await request(scene.amira, scene.workspaceId, { fileName: 'film.mp4', sizeBytes: -1 })).toMatchObject({ code: 'invalid' });
  });

  it('longer than announced: nothing beyond the size is taken', async () => {
    const ticket = await ticketFor(scene.amira, scene.workspaceId, newFile(1000));
    expect((await patch(scene.amira, ticket, 0, newFile(1001))).status).toBe(413);
    expect((await chunked(scene.amira, ticket, newFile(1001))).split(' ')[1]).toBe('400');
    expect(await exhibitOf(ticket)).toBeNull();
  });

  it('another SHA-256: nothing is kept and the ticket says why', async () => {
    const file = newFile(400_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file, { sha256: sha256(newFile(3)) });
    const response = await patch(scene.amira, ticket, 0, file);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('its SHA-256 is another')]);
    expect(storedFiles().filter(({ path }) => path.includes(ticket.id))).toEqual([]);
    expect((await patch(scene.amira, ticket, 0, file)).status).toBe(422);
    expect(await exhibitOf(ticket)).toBeNull();
    const { rows } = await world.superuser.query<{ body: unknown }>(`SELECT body::jsonb AS body FROM ledger_entry WHERE verb = 'exhibit.deposit' AND subject_id = $1`, [ticket.id]);
    expect(rows.map(({ body }) => body)).toMatchObject([{ outcome: 'refused', reason: 'other-sha256', workspace: { id: scene.workspaceId }, details: { arrived: sha256(file) } }]);
  });

  it('the right SHA-256: is taken', async () => {
    const file = newFile(400_000);
    expect((await patch(scene.amira, await ticketFor(scene.amira, scene.workspaceId, file, { sha256: sha256(file) }), 0, file)).status).toBe(204);
    expect(await request(scene.amira, scene.workspaceId, { fileName: 'a', sizeBytes: 3, sha256: 'ABC' })).toMatchObject({ code: 'invalid' });
  });
});

describe('a ticket that is not yours to use', () => {
  const absent = { uploadPath: '/evidence/uploads/00000000-0000-4000-8000-000000000000' };

  it("another person's, also of the same agency: is as absent as none, byte for byte", async () => {
    const file = newFile(10);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    for (const other of [await world.signIn('tom.bell'), scene.priya]) {
      const [foreign, none] = [await patch(other, ticket, 0, file), await patch(other, absent, 0, file)];
      expect([foreign.status, await foreign.text()]).toEqual([404, await none.text()]);
      expect((await other.ask<{ uploadTicket: unknown }>('query ($id: ID!) { uploadTicket(id: $id) { id } }', { id: ticket.id })).uploadTicket).toBeNull();
    }
  });

  it('no session: is sent to sign in', async () => {
    const ticket = await ticketFor(scene.amira, scene.workspaceId, newFile(10));
    expect((await patch(world.stranger(), ticket, 0, newFile(10))).status).toBe(401);
  });

  it.each(['', '%00', '..%2f..%2fetc', 'x'.repeat(60), '00000000-0000-0000-0000-000000000000'])('no ticket at all (%j): is absent', async (id) => {
    expect((await patch(scene.amira, { uploadPath: `/evidence/uploads/${id}` }, 0, newFile(10))).status).toBe(404);
  });

  it('expired: is told so and that nothing was kept', async () => {
    const ticket = await ticketFor(scene.amira, scene.workspaceId, newFile(10));
    await world.superuser.query(`UPDATE upload_ticket SET expires_at = now() - interval '1 second' WHERE id = $1`, [ticket.id]);
    const response = await patch(scene.amira, ticket, 0, newFile(10));
    expect([response.status, await response.text()]).toEqual([410, expect.stringContaining('has run out')]);
  });

  it('for a workspace the agency has left meanwhile: what was sent does not become evidence', async () => {
    const file = newFile(1000);
    const ticket = await ticketFor(scene.priya, scene.workspaceId, file);
    await patch(scene.priya, ticket, 0, file.subarray(0, 500));
    const moved = `UPDATE workspace_member SET valid_to = $2 WHERE workspace_id = $1 AND agency_id <> (SELECT lead_agency_id FROM workspace WHERE id = $1)`;
    await world.superuser.query(moved, [scene.workspaceId, new Date()]);
    expect((await patch(scene.priya, ticket, 500, file.subarray(500))).status).toBe(404);
    await world.superuser.query(moved, [scene.workspaceId, null]);
    expect(await exhibitOf(ticket)).toBeNull();
  });

  it('a workspace of strangers: no ticket is given, in the same words as for none', async () => {
    const sam = await world.signIn('sam.stone');
    const [foreign, none] = [await request(sam, scene.workspaceId), await request(sam, '00000000-0000-4000-8000-000000000000')];
    expect(foreign).toEqual(none);
    expect(foreign.code).toBe('not-found');
  });
});

describe('hostile file names', () => {
  it.each([
    ['NUL', 'kitchen\0.mp4'],
    ['lone surrogate', 'kitchen\ud800.mp4'],
    ['right-to-left override', 'kitchen\u202e4pm.exe'],
    ['path upwards', '../../x'],
    ['Windows path', '..\\..\\x'],
    ['folder', '..'],
    ['line break', 'a\r\nset-cookie: x=1'],
    ['300 characters', 'x'.repeat(300)],
    ['nothing', ''],
  ])('%s: is refused in words', async (_, fileName) => {
    const refused = await request(scene.amira, scene.workspaceId, { fileName, sizeBytes: 10 });
    expect(refused).toMatchObject({ code: 'invalid', faults: [{ field: 'input.fileName', message: expect.stringMatching(/^File name: /) as unknown }] });
  });

  it.each(['r\u00e9sum\u00e9 "final" \u2013 50%.pdf', "it's; filename=evil.exe", '\u6e2c\u8a66.mp4', 'a;b=c\'d*(e).txt'])('%s: is kept and comes back as it was', async (fileName) => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(10), { fileName });
    const disposition = (await scene.amira.fetch(`/evidence/${id}/content`)).headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[A-Za-z0-9%!#$&+.^_`|~-]+$/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe(fileName);
  });
});

describe('what lies on disk', () => {
  it('is never the plaintext, neither during an upload nor after it', async () => {
    const words = Buffer.from('This sentence of a witness must not be found on the disk. ');
    const file = Buffer.concat(Array.from({ length: 12_000 }, () => words));
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await patch(scene.amira, ticket, 0, file.subarray(0, 500_000));
    expect(stored().includes(words.subarray(0, 20))).toBe(false);
    await patch(scene.amira, ticket, 500_000, file.subarray(500_000));
    expect(stored().length).toBeGreaterThan(file.length);
    expect(stored().includes(words.subarray(0, 20))).toBe(false);
  });

  it('belongs to this account alone', () => {
    for (const { path } of storedFiles()) expect(statSync(path).mode & 0o077).toBe(0);
  });
});

describe('a stored file somebody changed', () => {
  it('is never served as good: one octet in the middle ends the download', async () => {
    const file = newFile(1_500_000);
    const { id, path } = await depositedAt(file);
    flip(path, 900_000);
    const whole = await bytesOf(scene.amira, id);
    expect(whole.complete).toBe(false);
    expect(file.subarray(0, whole.bytes.length).equals(whole.bytes)).toBe(true);
    expect(whole.bytes.length).toBeLessThanOrEqual(900_000);
  });

  it('is never served as good: cut, extended or gone is refused before the first octet, and the attempt is recorded', async () => {
    const changes: ((path: string) => void)[] = [
      (path) => truncateSync(path, statSync(path).size - 1),
      (path) => truncateSync(path, 300_000),
      (path) => truncateSync(path, 10),
      (path) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(1)])),
      (path) => flip(path, statSync(path).size - 3),
      (path) => flip(path, 20),
    ];
    for (const change of changes) {
      const { id, path } = await depositedAt(newFile(700_000));
      change(path);
      const response = await scene.amira.fetch(`/evidence/${id}/content`);
      expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('is damaged')]);
      const { rows } = await world.superuser.query(`SELECT 1 FROM ledger_entry WHERE body LIKE '%exhibit.open%' AND body LIKE '%' || $1 || '%'`, [id]);
      expect(rows).toHaveLength(1);
    }
  });

  it("is never served as good: another exhibit's body in its place is refused", async () => {
    const [one, other] = [await depositedAt(newFile(600_000)), await depositedAt(newFile(600_000))];
    writeFileSync(one.path, readFileSync(other.path));
    expect((await scene.amira.fetch(`/evidence/${one.id}/content`)).status).toBe(503);
  });

  async function depositedAt(file: Buffer): Promise<{ id: string; path: string }> {
    const before = new Set(storedFiles().map(({ path }) => path));
    const id = await deposit(scene.amira, scene.workspaceId, file);
    const path = storedFiles().find((found) => !before.has(found.path))?.path;
    if (path === undefined) throw new Error('The deposit stored nothing.');
    return { id, path };
  }
});

describe('a download', () => {
  it('is inert in the browser: an attachment, no guessing of its type, a sandbox, never cached', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), { fileName: 'x.svg' });
    const { headers } = await scene.amira.fetch(`/evidence/${id}/content`);
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; sandbox;/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('concordat-marking')).toBe('OFFICIAL-SENSITIVE');
  });

  it('is absent for whoever may not see the exhibit, byte for byte as one that is not', async () => {
    const id = await deposit(scene.amira, scene.workspaceId, newFile(10), { marking: { sensitive: true, descriptors: [], handling: [], releasableTo: [] } });
    for (const other of [scene.priya, await world.signIn('sam.stone'), await world.signIn('alex.ward'), await world.signIn('dan.cole')]) {
      const [hidden, none] = [await other.fetch(`/evidence/${id}/content`), await other.fetch('/evidence/00000000-0000-4000-8000-000000000000/content')];
      expect([hidden.status, await hidden.text()]).toEqual([404, await none.text()]);
    }
    expect((await world.stranger().fetch(`/evidence/${id}/content`)).status).toBe(401);
  });
});

describe('a connection that is cut', () => {
  it('loses nothing that was sealed and makes no evidence of a part', async () => {
    const file = newFile(1_200_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    await sendAndCut(scene.amira, ticket, file, 800_000);
    // On a busy machine nothing may have been taken yet when the connection is gone.
    const offset = await settled(() => offsetOf(scene.amira, ticket), 1);
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(800_000);
    expect(await exhibitOf(ticket)).toBeNull();
    const last = await patch(scene.amira, ticket, offset, file.subarray(offset));
    expect(last.status).toBe(204);
    expect((await bytesOf(scene.amira, last.headers.get('concordat-exhibit') ?? '')).bytes.equals(file)).toBe(true);
  });

  it('does not make evidence of a part of a form either', async () => {
    const ticket = await request(scene.amira, scene.workspaceId);
    const before = await exhibitCount();
    await cutForm(scene.amira, ticket.formPath ?? '', await formToken(world, 'Amira Rahman'));
    await settled(exhibitCount);
    expect(await exhibitCount()).toBe(before);
  });
});

describe('a session that ends while a file is on its way', () => {
  it('ends the sending within a second, and what was sent does not become evidence', async () => {
    const tom = await world.signInAgain('tom.bell');
    const file = newFile(1_000_000);
    const ticket = await ticketFor(tom, scene.workspaceId, file);
    const wire = socket();
    const closed = new Promise<number>((resolve) => wire.once('close', () => resolve(performance.now())).on('error', () => undefined));
    wire.write(head(tom, 'PATCH', ticket.uploadPath, { 'tus-resumable': '1.0.0', 'upload-offset': 0, 'content-type': 'application/offset+octet-stream', 'content-length': file.length }));
    await new Promise<void>((resolve) => wire.write(file.subarray(0, 600_000), () => resolve()));
    await settled(() => Promise.resolve(stored().length));
    const since = performance.now();
    await world.superuser.query(`UPDATE session SET ended_at = now(), ended_why = 'test' WHERE person_id = (SELECT person_id FROM upload_ticket WHERE id = $1)`, [ticket.id]);
    expect((await closed) - since).toBeLessThan(1_000);
    expect(await exhibitOf(ticket)).toBeNull();
    expect((await patch(tom, ticket, 0, file)).status).toBe(401);
  }, 30_000);
});

describe('malformed tus', () => {
  it.each([
    [{ 'tus-resumable': '0.2.2' }, 412],
    [{ 'upload-offset': '-1' }, 400],
    [{ 'upload-offset': '1e3' }, 400],
    [{ 'upload-offset': '99999999999999999999' }, 400],
    [{ 'content-type': 'application/json' }, 400],
    [{ 'content-type': 'application/x-other' }, 415],
  ])('%j is answered %d', async (headers: Record<string, string>, status) => {
    const ticket = await ticketFor(scene.amira, scene.workspaceId, newFile(10));
    expect((await patch(scene.amira, ticket, 0, newFile(10), headers)).status).toBe(status);
  });
});

async function exhibitOf(ticket: Ticket): Promise<string | null> {
  const { rows } = await world.superuser.query<{ item_id: string | null }>('SELECT item_id FROM upload_ticket WHERE id = $1', [ticket.id]);
  return rows[0]?.item_id ?? null;
}

async function exhibitCount(): Promise<number> {
  const { rows } = await world.superuser.query<{ n: number }>('SELECT count(*)::int AS n FROM exhibit');
  return rows[0]?.n ?? 0;
}

function storedFiles(): { path: string }[] {
  const folder = join(world.env['CONCORDAT_DATA'] ?? '', 'evidence');
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [{ path: join(entry.parentPath, entry.name) }] : []));
}

function stored(): Buffer {
  return Buffer.concat(storedFiles().map(({ path }) => readFileSync(path)));
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}

/** Everything a download hands out before it ends or breaks off. */
async function bytesOf(who: Visitor, id: string): Promise<{ bytes: Buffer; complete: boolean }> {
  const response = await who.fetch(`/evidence/${id}/content`);
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of response.body ?? []) pieces.push(piece as Uint8Array);
    return { bytes: Buffer.concat(pieces), complete: true };
  } catch {
    return { bytes: Buffer.concat(pieces), complete: false };
  }
}

/** The value of `look` once it has stopped changing. */
async function settled(look: () => Promise<number>, least = 0): Promise<number> {
  let [before, same] = [await look(), 0];
  for (let round = 0; same < 5 && (round < 200 || before < least); round += 1) {
    const now = await look();
    same = now === before && now >= least ? same + 1 : 0;
    before = now;
  }
  return before;
}

function head(who: Visitor, method: string, path: string, headers: Readonly<Record<string, string | number>>): string {
  const all = { host: new URL(world.baseUrl).host, cookie: who.cookie ?? '', ...headers };
  return `${method} ${path} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function socket(): ReturnType<typeof connect> {
  return connect(Number(new URL(world.baseUrl).port), new URL(world.baseUrl).hostname);
}

/** Announces the whole file, sends `bytes` of it, and pulls the plug. */
function sendAndCut(who: Visitor, ticket: Ticket, file: Buffer, bytes: number): Promise<void> {
  const headers = { 'tus-resumable': '1.0.0', 'upload-offset': 0, 'content-type': 'application/offset+octet-stream', 'content-length': file.length };
  return new Promise((resolve, reject) => {
    const wire = socket().on('error', reject);
    wire.write(head(who, 'PATCH', ticket.uploadPath, headers));
    wire.write(file.subarray(0, bytes), () => {
      wire.destroy();
      resolve();
    });
  });
}

/** Sends more than was announced, in chunks of unknown total, and answers the first line of the response. */
function chunked(who: Visitor, ticket: Ticket, file: Buffer): Promise<string> {
  const headers = { 'tus-resumable': '1.0.0', 'upload-offset': 0, 'content-type': 'application/offset+octet-stream', 'transfer-encoding': 'chunked' };
  return new Promise((resolve, reject) => {
    const wire = socket().on('error', reject);
    wire.once('data', (answer: Buffer) => {
      resolve(answer.toString().split('\r\n')[0] ?? '');
      wire.destroy();
    });
    wire.write(head(who, 'PATCH', ticket.uploadPath, headers));
    wire.write(`${file.length.toString(16)}\r\n`);
    wire.write(file);
    wire.write('\r\n0\r\n\r\n');
  });
}

function cutForm(who: Visitor, path: string, token: string): Promise<void> {
  const [boundary, part] = ['cut-here', newFile(300_000)];
  const field = `--${boundary}\r\ncontent-disposition: form-data; name="csrf"\r\n\r\n${token}\r\n`;
  const begun = `${field}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const wire = socket().on('error', reject);
    wire.write(head(who, 'POST', path, { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': 900_000 }));
    wire.write(begun);
    wire.write(part, () => {
      wire.destroy();
      resolve();
    });
  });
}
