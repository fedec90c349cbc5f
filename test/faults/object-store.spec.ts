import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../api/alert-case.js';
import { newFile, offsetOf, patch, setTheScene, ticketFor, type Scene, type Ticket } from '../api/evidence-scene.js';
import { keep, keepingOf } from '../api/keeping-scene.js';
import { BlobsAway } from '../../src/evidence/domain/blobs-away.js';
import { S3BlobStore } from '../../src/evidence/store/s3/s3-blob-store.js';
import { loadConfig } from '../../src/platform/config/index.js';
import { runChild } from '../builders/child.js';
import { ObjectStore } from '../builders/object-store.js';
import { startWorld, type World } from '../builders/world.js';

const HOUR_MS = 3_600_000;
const DATABASE = { DATABASE_APP_URL: 'postgres://a@127.0.0.1/c', DATABASE_WORKER_URL: 'postgres://w@127.0.0.1/c' };

let objects: ObjectStore;
let world: World;
let scene: Scene;

beforeAll(async () => {
  objects = await ObjectStore.start();
  world = await startWorld({ env: objects.env, worker: true });
  scene = await setTheScene(world);
}, 120_000);

afterEach(() => {
  objects.mend();
});

afterAll(async () => {
  await world.stop();
  await objects.stop();
});

/** The same bucket beside the product, as its own process holds it. */
function beside(more: Readonly<Record<string, string>> = {}, later = 0, piece?: number): S3BlobStore {
  const { s3 } = loadConfig({ ...DATABASE, ...objects.env, ...more });
  if (!s3) throw new Error('No bucket is configured.');
  return new S3BlobStore(s3, { now: () => new Date(Date.now() + later) }, piece);
}

describe('the portal with its exhibits in a bucket', () => {
  it('puts a large exhibit together from its pieces without moving them again, reads any part of it, and removes what is disposed of', async () => {
    const file = newFile(17_000_000);
    const before = objects.seen.length;
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    const done = await patch(scene.amira, ticket, 0, file);
    expect(done.status).toBe(204);
    const id = done.headers.get('concordat-exhibit') ?? '';
    const asked = objects.seen.slice(before);
    // What a slow store did not answer in time is asked once more, so each is counted once.
    const puts = (what: RegExp): number => new Set(asked.filter((line) => what.test(line))).size;
    expect([puts(/^PUT .*drafts\/[^?]+\?x-id=PutObject/), puts(/^PUT .*bodies\/.*partNumber/), puts(/^POST .*bodies\/.*uploadId/)]).toEqual([3, 3, 1]);
    expect(await beside({}, 2 * HOUR_MS).list(HOUR_MS)).toContainEqual({ key: ticket.id, place: 'published' });
    expect((await beside({}, 2 * HOUR_MS).list(HOUR_MS)).filter(({ place }) => place === 'quarantine')).toEqual([]);
    await readsPart(id, file);
    await propose(id);
    await expect(beside().open(ticket.id)).rejects.toThrow('not in the blob store');
    expect((await scene.amira.fetch(`/evidence/${id}/content`)).status).toBe(410);
  });

  it('is killed in the middle of an upload: goes on from the last piece that arrived, and the evidence is the file', async () => {
    const file = newFile(9_000_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    expect((await patch(scene.amira, ticket, 0, file.subarray(0, 8_800_000))).status).toBe(204);
    await eventually('the first piece being there', async () => (await beside().draftBytes(ticket.id)) > 0);
    await world['children'][0]?.kill();
    await world.startApi();
    const offset = await offsetOf(scene.amira, ticket);
    expect(offset).toBeGreaterThan(7_500_000);
    await finishes(ticket, file, offset);
  });

  it('is stopped in the middle of an upload: nothing that arrived is sent again but an unfinished chunk', async () => {
    const file = newFile(3_000_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    expect((await patch(scene.amira, ticket, 0, file.subarray(0, 2_500_000))).status).toBe(204);
    await world['children'].at(-1)?.stop();
    await world.startApi();
    const offset = await offsetOf(scene.amira, ticket);
    expect(offset).toBeGreaterThan(2_000_000);
    await finishes(ticket, file, offset);
  });

  it('does not reach the bucket: an upload is told so in words and goes on afterwards, and so is a reader', async () => {
    const file = newFile(9_000_000);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    expect((await patch(scene.amira, ticket, 0, file.subarray(0, 4_000_000))).status).toBe(204);
    objects.doom(/./, 500, 10_000);
    const refused = await patch(scene.amira, ticket, 4_000_000, file.subarray(4_000_000));
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('does not reach the place where exhibits are kept')]);
    objects.mend();
    const item = await finishes(ticket, file, await offsetOf(scene.amira, ticket));
    objects.doom(/./, 'cut', 10_000);
    const reading = await scene.amira.fetch(`/evidence/${item}/content`);
    expect([reading.status, await reading.text()]).toEqual([503, expect.stringContaining('Try again in a few minutes')]);
    objects.mend();
    await readsPart(item, file);
  }, 90_000);

  it('says that there is no room where the bucket has none', async () => {
    const file = newFile(100);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    objects.doom(/^PUT .*drafts/, 507, 10_000);
    expect((await patch(scene.amira, ticket, 0, file)).status).toBe(507);
    objects.mend();
    await finishes(ticket, file, await offsetOf(scene.amira, ticket));
  });

  it('finds that a body is gone: hands nothing out and raises an alarm', async () => {
    const file = newFile(100);
    const ticket = await ticketFor(scene.amira, scene.workspaceId, file);
    const id = await finishes(ticket, file, 0);
    await beside().discard(ticket.id);
    const answer = await scene.amira.fetch(`/evidence/${id}/content`);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('damaged')]);
    expect(world['children'].map((child) => child.output()).join('\n')).toMatch(/"code":"missing".*A stored exhibit is not what was deposited/);
  });

  it('never writes the secret of the bucket anywhere', () => {
    const printed = world['children'].map((child) => child.output()).join('\n');
    expect(printed).toContain('The portal is ready');
    expect(printed).not.toContain('S3RVER');
  });
});

describe('a store of objects that fails', () => {
  it.each<[string, RegExp, 500 | 'cut' | 'silent' | 'unheard']>([
    ['a piece', /^PUT .*drafts/, 500],
    ['a piece, and says nothing', /^PUT .*drafts/, 'silent'],
    ['a copied part', /^PUT .*partNumber/, 'cut'],
    ['the end, done and not heard of', /^POST .*uploadId/, 'unheard'],
    ['the sign that publishes, done and not heard of', /^PUT .*published/, 'unheard'],
    ['a part that is read', /^GET .*bodies\/.*x-id=GetObject/, 'cut'],
    ['the length of the body', /^HEAD .*bodies/, 500],
  ])('is asked again: %s', async (_, matching, fate) => {
    const [store, key, octets] = [beside({}, 0, 60_000), randomUUID(), randomBytes(200_000)];
    objects.doom(matching, fate);
    const draft = await store.draft(key);
    await draft.write(0, [octets]);
    await draft.sync();
    await draft.close();
    await store.publish(key);
    const blob = await store.open(key);
    expect(Buffer.from(await blob.read(0, 200_000)).equals(octets)).toBe(true);
    expect(objects.begun.size).toBe(0);
    await store.discard(key);
  });

  it('breaks off while a body is put together: what was begun is aborted, and the draft is whole', async () => {
    const [store, key] = [beside({}, 2 * HOUR_MS, 60_000), randomUUID()];
    const draft = await store.draft(key);
    await draft.write(0, [randomBytes(200_000)]);
    objects.doom(/^PUT .*partNumber=2/, 500, 10);
    await expect(draft.sync()).rejects.toBeInstanceOf(BlobsAway);
    expect(objects.begun.size).toBe(0);
    objects.mend();
    await draft.sync();
    await draft.close();
    await store.discard(key);
  });

  it('takes not even the abort: the parts are found by the sweep, and go with the draft', async () => {
    const [store, key] = [beside({}, 2 * HOUR_MS, 60_000), randomUUID()];
    const draft = await store.draft(key);
    await draft.write(0, [randomBytes(200_000)]);
    objects.doom(/^(PUT .*partNumber=2|DELETE .*uploadId)/, 500, 100);
    await expect(draft.sync()).rejects.toBeInstanceOf(BlobsAway);
    await draft.close();
    objects.mend();
    expect([...objects.begun.values()]).toEqual([`bodies/${key}`]);
    for await (const name of names(store, key)) await store['bucket'].remove(name);
    expect(await store.list(HOUR_MS)).toContainEqual({ key, place: 'quarantine' });
    await store.discard(key);
    expect(objects.begun.size).toBe(0);
  });

  it('writes nothing more of a draft once a piece of it failed, and lets it be gone on from', async () => {
    const [store, key, octets] = [beside({}, 0, 60_000), randomUUID(), randomBytes(200_000)];
    const draft = await store.draft(key);
    objects.doom(/^PUT .*drafts\/[^?]+00001/, 500, 10);
    await expect(draft.write(0, [octets.subarray(0, 100_000), octets.subarray(100_000)])).rejects.toBeInstanceOf(BlobsAway);
    await draft.close();
    objects.mend();
    expect(await store.draftBytes(key)).toBe(60_000);
    await store.discard(key);
  });
});

describe('a bucket that is gone, or does not let anybody in', () => {
  const AWAY = expect.objectContaining({ name: 'BlobsAway' }) as unknown;

  it.each<[string, Parameters<ObjectStore['doom']>[1]]>([
    ['there is no such bucket', errorOf(404, 'NoSuchBucket')],
    ['something in between knows no such address', { status: 404, xml: '<html>Not found</html>' }],
    ['access is denied', errorOf(403, 'AccessDenied')],
  ])('is never taken for a body that is gone: %s', async (_, fate) => {
    const [store, key] = [beside(), randomUUID()];
    const draft = await store.draft(key);
    await draft.write(0, [randomBytes(10)]);
    await draft.sync();
    await draft.close();
    await store.publish(key);
    const blob = await store.open(key);
    objects.doom(/./, fate, 1_000);
    await expect(blob.read(0, 10)).rejects.toEqual(AWAY);
    await expect(store.open(key)).rejects.toEqual(AWAY);
    objects.mend();
    await store.discard(key);
    for (const act of [() => blob.read(0, 10), () => store.open(key)]) await expect(act()).rejects.toThrow('not in the blob store');
  });
});

describe('a portal whose bucket cannot be used', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['there is none', { S3_BUCKET: 'elsewhere' }, 'S3_BUCKET: There is no bucket elsewhere at http://127.0.0.1'],
    ['the key is not let in', { S3_ACCESS_KEY_ID: 'SOMEBODY' }, 'S3_ACCESS_KEY_ID: The bucket evidence does not let this key in.'],
    ['nothing listens there', { S3_ENDPOINT: 'http://127.0.0.1:9' }, 'S3_ENDPOINT: No store of objects answers as it should at http://127.0.0.1:9.'],
  ])('says why in words: %s', async (_, more, words) => {
    await expect(beside(more).check()).rejects.toThrow(words);
  });

  it.each<[string, Parameters<ObjectStore['doom']>[1], string]>([
    ['keeps them', versions('Enabled'), 'S3_BUCKET: The bucket keeps versions, so what is disposed of would stay there.'],
    ['kept them once', versions('Suspended'), 'S3_BUCKET: The bucket keeps versions'],
    ['may not be asked', errorOf(403, 'AccessDenied'), 'S3_ACCESS_KEY_ID: It cannot be told whether the bucket evidence keeps versions'],
    ['does not say', 500, 'S3_ENDPOINT: It cannot be told whether the bucket evidence keeps versions'],
    ['breaks off', 'cut', 'S3_ENDPOINT: It cannot be told whether the bucket evidence keeps versions'],
    ['is not there any more', errorOf(404, 'NoSuchBucket'), 'S3_BUCKET: It cannot be told whether the bucket evidence keeps versions'],
  ])('refuses one that must not keep versions and %s', async (_, fate, words) => {
    objects.doom(/^GET .*[?&]versioning/, fate, 10);
    await expect(beside().check()).rejects.toThrow(words);
  });

  it.each(['NotImplemented', 'MethodNotAllowed'])('takes a store that knows no versions and says %s', async (code) => {
    await expect(beside().check()).resolves.toBeUndefined();
    objects.doom(/^GET .*[?&]versioning/, errorOf(code === 'NotImplemented' ? 501 : 405, code), 10);
    await expect(beside().check()).resolves.toBeUndefined();
    objects.doom(/^GET .*[?&]versioning/, { status: 200, xml: '<VersioningConfiguration/>' }, 10);
    await expect(beside().check()).resolves.toBeUndefined();
  });

  it('does not start, and prints the reason without the secret', async () => {
    const { code, output } = await runChild('src/main.js', { ...world.env, S3_BUCKET: 'elsewhere' }, []);
    expect(code).toBe(1);
    expect(output).toContain('S3_BUCKET: There is no bucket elsewhere');
    expect(output).not.toContain('S3RVER');
  });
});

function errorOf(status: number, code: string): { readonly status: number; readonly xml: string } {
  return { status, xml: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>As the test wants it</Message></Error>` };
}

function versions(status: string): { readonly status: number; readonly xml: string } {
  return { status: 200, xml: `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${status}</Status></VersioningConfiguration>` };
}

async function finishes(ticket: Ticket, file: Buffer, offset: number): Promise<string> {
  const last = await patch(scene.amira, ticket, offset, file.subarray(offset));
  expect(last.status).toBe(204);
  const id = last.headers.get('concordat-exhibit') ?? '';
  const octets = Buffer.from(await (await scene.amira.fetch(`/evidence/${id}/content`)).arrayBuffer());
  expect(createHash('sha256').update(octets).digest('hex')).toBe(createHash('sha256').update(file).digest('hex'));
  return id;
}

/** The end of the file, for which little is asked of the bucket. */
async function readsPart(id: string, file: Buffer): Promise<void> {
  const [before, from] = [objects.seen.length, file.length - 1_000];
  const part = await scene.amira.fetch(`/evidence/${id}/content`, { headers: { range: `bytes=${from}-` } });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(file.subarray(from))).toBe(true);
  expect(objects.seen.length - before).toBeLessThanOrEqual(6);
}

async function propose(id: string): Promise<void> {
  expect((await keepingOf(scene.amira, id)).contentPath).not.toBeNull();
  const tom = await world.signIn('tom.bell');
  await keep(scene.amira, 'proposeDisposal', { exhibitId: id, rule: 'council-6', reason: 'No proceedings, and the period is over' });
  await keep(tom, 'decideDisposal', { exhibitId: id, approve: true, reason: 'Agreed' });
}

async function* names(store: S3BlobStore, key: string): AsyncGenerator<string> {
  for await (const { name } of store['bucket'].list(`drafts/${key}/`)) yield name;
}
