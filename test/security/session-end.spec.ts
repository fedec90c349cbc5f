import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EXAMPLE_SECRETS } from '../../src/platform/config/example-keys.js';
import { csrfToken } from '../../src/platform/http/csrf.js';
import { eventually } from '../api/alert-case.js';
import { deposit, newFile, offsetOf, patch, setTheScene, sha256, ticketFor, type Scene, type Ticket } from '../api/evidence-scene.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

/** More than the buffers of both ends of a connection hold, so that a reader who waits keeps a download under way. */
const LARGE_BYTES = 24_000_000;
const NO_TRIGGER = 'SET LOCAL session_replication_role = replica';

type SessionId = Parameters<typeof csrfToken>[1];

let world: World;
let scene: Scene;
let large: string;
const wires: Socket[] = [];

beforeAll(async () => {
  world = await startWorld();
  scene = await setTheScene(world);
  large = await deposit(scene.amira, scene.workspaceId, newFile(LARGE_BYTES));
}, 120_000);
afterEach(() => {
  for (const wire of wires.splice(0)) wire.destroy();
});
afterAll(() => world.stop());

describe('what is under way ends within a second, and nothing of it becomes evidence', () => {
  it('when its person signs out', async () => {
    const [tom, sessionId] = await newSession('tom.bell');
    const transfers = await underWay(tom);
    const since = performance.now();
    const body = new URLSearchParams({ csrf: csrfToken(EXAMPLE_SECRETS.cookieSecret, sessionId) });
    expect((await tom.fetch('/sign-out', { method: 'POST', body })).status).toBe(303);
    await expectCut(transfers, since);
    expect((await patch(tom, transfers.ticket, 0, newFile(10))).status).toBe(401);
  }, 60_000);

  it('when its person is disabled, her sessions left as they are', async () => {
    const [tom] = await newSession('tom.bell');
    const transfers = await underWay(tom);
    const since = performance.now();
    await disable('Tom Bell', true);
    await expectCut(transfers, since);
    expect((await patch(tom, transfers.ticket, 0, newFile(10))).status).toBe(401);
    await disable('Tom Bell', false);
  }, 60_000);

  it('when the word of it was lost with the connection it came on: who was deaf asks again', async () => {
    const [tom, sessionId] = await newSession('tom.bell');
    const transfers = await underWay(tom);
    const other = await underWay(scene.amira);
    await silently(`UPDATE session SET ended_at = now(), ended_why = 'test' WHERE id = $1`, [sessionId]);
    const since = performance.now();
    const { rowCount } = await world.superuser.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'concordat-live' AND datname = current_database()`,
    );
    expect(rowCount).toBe(1);
    await expectCut(transfers, since);
    expect(other.upload.destroyed).toBe(false);
  }, 60_000);

  it('when nobody is told and no connection is lost: that its time has passed is looked for', async () => {
    const [tom, sessionId] = await newSession('tom.bell');
    const { upload } = await underWay(tom);
    await silently('UPDATE session SET absolute_expires_at = now() WHERE id = $1', [sessionId]);
    await eventually('the upload being ended', () => Promise.resolve(upload.closed));
  }, 60_000);
});

describe('a file that has arrived and is being made evidence', () => {
  it.each([
    ['its session ends', `UPDATE session SET ended_at = now(), ended_why = 'test' WHERE id = $1`, `UPDATE session SET ended_at = NULL WHERE id = $1`],
    ['its session runs out', `UPDATE session SET absolute_expires_at = now() WHERE id = $1`, `UPDATE session SET absolute_expires_at = now() + interval '1 hour' WHERE id = $1`],
    ['its person is disabled', `UPDATE person SET disabled_at = now() WHERE id = (SELECT person_id FROM session WHERE id = $1)`, `UPDATE person SET disabled_at = NULL WHERE id = (SELECT person_id FROM session WHERE id = $1)`],
  ])('is refused when %s, is kept, and goes on after she has signed in again', async (_, end, mend) => {
    const [tom, sessionId] = await newSession('tom.bell');
    const file = newFile(700_000);
    const ticket = await ticketFor(tom, scene.workspaceId, file);
    const none = await patch(world.stranger(), ticket, 0, file);
    const answer = await whileHeld(end, sessionId, () => patch(tom, ticket, 0, file));
    expect([answer.status, await answer.text()]).toEqual([401, await none.text()]);
    expect(await stateOf(ticket)).toEqual({ state: 'waiting', item_id: null });
    expect([existsSync(stored(ticket, 'published')), existsSync(stored(ticket, 'quarantine'))]).toEqual([false, true]);
    expect(await refusalsOf(ticket)).toEqual([{ outcome: 'refused', reason: 'session-ended', workspaceId: scene.workspaceId, person: 'Tom Bell' }]);
    await world.superuser.query(mend, [sessionId]);
    const [again] = await newSession('tom.bell');
    const offset = await offsetOf(again, ticket);
    expect(offset).toBeGreaterThan(262_144);
    const last = await patch(again, ticket, offset, file.subarray(offset));
    expect(last.status).toBe(204);
    const content = await again.fetch(`/evidence/${last.headers.get('concordat-exhibit') ?? ''}/content`);
    expect(sha256(Buffer.from(await content.arrayBuffer()))).toBe(sha256(file));
  }, 60_000);

  it('is evidence first when the session ends after it was looked at: whoever ends it waits for that', async () => {
    const [tom, sessionId] = await newSession('tom.bell');
    const file = newFile(1000);
    const ticket = await ticketFor(tom, scene.workspaceId, file);
    await world.superuser.query('BEGIN');
    await world.superuser.query('LOCK TABLE exhibit IN ACCESS EXCLUSIVE MODE');
    const answer = patch(tom, ticket, 0, file);
    await eventually('the deposit waiting', async () => (await waiting()) === 1);
    const body = new URLSearchParams({ csrf: csrfToken(EXAMPLE_SECRETS.cookieSecret, sessionId) });
    const out = tom.fetch('/sign-out', { method: 'POST', body });
    await eventually('the sign-out waiting too', async () => (await waiting()) === 2);
    await world.superuser.query('COMMIT');
    expect([(await answer).status, (await out).status]).toEqual([204, 303]);
    expect(await stateOf(ticket)).toMatchObject({ state: 'done' });
  }, 60_000);
});

interface Transfers {
  readonly ticket: Ticket;
  readonly upload: Socket;
  readonly uploadEnded: Promise<number>;
  readonly download: Socket;
}

/** An upload and a download of one session, both begun and neither near its end. */
async function underWay(who: Visitor): Promise<Transfers> {
  const file = newFile(1_000_000);
  const ticket = await ticketFor(who, scene.workspaceId, file);
  const upload = wire();
  const uploadEnded = new Promise<number>((resolve) => upload.once('close', () => resolve(performance.now())));
  upload.write(head(who, 'PATCH', ticket.uploadPath, { 'tus-resumable': '1.0.0', 'upload-offset': 0, 'content-type': 'application/offset+octet-stream', 'content-length': file.length }));
  upload.write(file.subarray(0, 600_000));
  await eventually('a chunk being stored', () => Promise.resolve(existsSync(stored(ticket, 'quarantine'))));
  const download = wire();
  const begun = new Promise<void>((resolve) => download.once('data', () => resolve(void download.pause())));
  download.write(head(who, 'GET', `/evidence/${large}/content`, {}));
  await begun;
  return { ticket, upload, uploadEnded, download };
}

/** All of a session is cut in one go, so the upload's end says when; the reader then finds her download broken off. */
async function expectCut({ ticket, uploadEnded, download }: Transfers, since: number): Promise<void> {
  expect((await uploadEnded) - since).toBeLessThan(1_000);
  let bytes = 0;
  const ended = new Promise<void>((resolve) => download.once('close', resolve));
  download.on('data', (piece: Buffer) => void (bytes += piece.length)).resume();
  await ended;
  expect(bytes).toBeLessThan(LARGE_BYTES);
  expect(await stateOf(ticket)).toEqual({ state: 'waiting', item_id: null });
}

/** Changes the session while `act` is under way: not yet when it is let in, committed once it waits to know. Nobody is told. */
async function whileHeld(change: string, sessionId: SessionId, act: () => Promise<Response>): Promise<Response> {
  await world.superuser.query('BEGIN');
  await world.superuser.query(NO_TRIGGER);
  await world.superuser.query(change, [sessionId]);
  const answer = act();
  await eventually('the deposit waiting to know', async () => (await waiting()) > 0);
  await world.superuser.query('COMMIT');
  return answer;
}

async function silently(statement: string, values: readonly unknown[]): Promise<void> {
  await world.superuser.query('BEGIN');
  await world.superuser.query(NO_TRIGGER);
  await world.superuser.query(statement, [...values]);
  await world.superuser.query('COMMIT');
}

async function waiting(): Promise<number> {
  // A transaction sees who is connected as they were when it first looked, and this one is open while others connect.
  await world.superuser.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await world.superuser.query<{ n: number }>(
    `SELECT count(DISTINCT l.pid)::int AS n FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE NOT l.granted AND a.datname = current_database()`,
  );
  return rows[0]?.n ?? 0;
}

async function newSession(userName: string): Promise<[Visitor, SessionId]> {
  const visitor = await world.signInAgain(userName);
  const { rows } = await world.superuser.query<{ id: SessionId }>('SELECT id FROM session ORDER BY created_at DESC LIMIT 1');
  const [session] = rows;
  if (!session) throw new Error('Nobody signed in.');
  return [visitor, session.id];
}

async function disable(displayName: string, isDisabled: boolean): Promise<void> {
  await world.superuser.query('UPDATE person SET disabled_at = CASE WHEN $2 THEN now() END WHERE display_name = $1', [displayName, isDisabled]);
}

async function stateOf({ id }: Ticket): Promise<unknown> {
  const { rows } = await world.superuser.query<object>('SELECT state, item_id FROM upload_ticket WHERE id = $1', [id]);
  return rows[0];
}

async function refusalsOf({ id }: Ticket): Promise<unknown> {
  const { rows } = await world.superuser.query<object>(
    `SELECT outcome, body::jsonb ->> 'reason' AS reason, body::jsonb #>> '{workspace,id}' AS "workspaceId", person_name AS person
       FROM ledger_entry WHERE verb = 'exhibit.deposit' AND subject_id = $1 AND outcome = 'refused'`,
    [id],
  );
  return rows;
}

function stored({ id }: Ticket, place: 'published' | 'quarantine'): string {
  return join(world.env['CONCORDAT_DATA'] ?? '', 'evidence', place, ...(place === 'published' ? [id.slice(0, 2)] : []), id);
}

function wire(): Socket {
  const { hostname, port } = new URL(world.baseUrl);
  const opened = connect(Number(port), hostname).on('error', () => undefined);
  wires.push(opened);
  return opened;
}

function head(who: Visitor, method: string, path: string, headers: Readonly<Record<string, string | number>>): string {
  const all = { host: new URL(world.baseUrl).host, cookie: who.cookie ?? '', ...headers };
  return `${method} ${path} HTTP/1.1\r\n${Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
