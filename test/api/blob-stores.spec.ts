import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BlobMissing, type BlobStore, type Draft } from '../../src/evidence/store/blob-store.js';
import { FileBlobStore } from '../../src/evidence/store/file-blob-store.js';
import { S3BlobStore } from '../../src/evidence/store/s3/s3-blob-store.js';
import { loadConfig } from '../../src/platform/config/index.js';
import { ObjectStore } from '../builders/object-store.js';

const DATABASE = { DATABASE_APP_URL: 'postgres://a@127.0.0.1/c', DATABASE_WORKER_URL: 'postgres://w@127.0.0.1/c' };
const HOUR_MS = 3_600_000;
/** Small, so that a body has many pieces; stores put objects of any size together that were written by others than Amazon. */
const PIECE = 50_000;

let objects: ObjectStore;
let away = 0;
const clock = { now: () => new Date(Date.now() + away) };

beforeAll(async () => {
  objects = await ObjectStore.start();
}, 60_000);

afterAll(() => objects.stop());

const STORES: Readonly<Record<string, () => BlobStore>> = {
  'a folder of files': () => new FileBlobStore({ dataFolder: mkdtempSync(join(tmpdir(), 'concordat-blobs-')) }, clock),
  'a bucket of objects': () => {
    const { s3 } = loadConfig({ ...DATABASE, ...objects.env });
    if (!s3) throw new Error('No bucket is configured.');
    return new S3BlobStore(s3, clock, PIECE);
  },
};

/** What every store of sealed bodies does, whatever it is made of. */
describe.each(Object.keys(STORES))('%s', (name) => {
  let store: BlobStore;

  beforeAll(() => {
    store = (STORES[name] ?? missing)();
  });

  it('keeps a body from view until it is published, and then gives back the very octets, also in parts', async () => {
    const [key, octets] = [randomUUID(), randomBytes(7 * PIECE + 123)];
    const draft = await store.draft(key);
    await writeIn(draft, octets, 30_011);
    await draft.sync();
    expect((await whole(draft)).equals(octets)).toBe(true);
    await draft.close();
    await expect(store.open(key)).rejects.toBeInstanceOf(BlobMissing);
    await store.publish(key);
    await store.settle(key);
    const blob = await store.open(key);
    expect(blob.sizeBytes).toBe(octets.length);
    expect((await whole(blob)).equals(octets)).toBe(true);
    for (const [from, length] of [[0, 1], [octets.length - 1, 1], [PIECE - 1, 2], [3 * PIECE + 5, 2 * PIECE], [10, 0]] as const) {
      expect(Buffer.from(await blob.read(from, length)).equals(octets.subarray(from, from + length))).toBe(true);
    }
    await blob.close();
  });

  it('gives what there is of a range that goes beyond the end, and nothing of one that lies there', async () => {
    const [key, octets] = [randomUUID(), randomBytes(1_000)];
    await publish(store, key, octets);
    const blob = await store.open(key);
    expect(Buffer.from(await blob.read(990, 500)).equals(octets.subarray(990))).toBe(true);
    expect(await blob.read(1_000, 10)).toHaveLength(0);
    expect(await blob.read(5_000, 10)).toHaveLength(0);
    await blob.close();
  });

  it('keeps what was handed on for whoever takes the draft up next, who may write over its end', async () => {
    const [key, octets] = [randomUUID(), randomBytes(3 * PIECE)];
    const first = await store.draft(key);
    await writeIn(first, octets.subarray(0, 2 * PIECE + 777), 9_999);
    await first.flush();
    await first.close();
    expect(await store.draftBytes(key)).toBe(2 * PIECE + 777);
    const second = await store.draft(key);
    expect((await whole(second)).equals(octets.subarray(0, 2 * PIECE + 777))).toBe(true);
    await second.write(2 * PIECE - 5, [octets.subarray(2 * PIECE - 5)]);
    await second.sync();
    expect((await whole(second)).equals(octets)).toBe(true);
    await second.close();
  });

  it('takes a publication back with every octet of the draft, which can be gone on from and published again', async () => {
    const [key, octets] = [randomUUID(), randomBytes(2 * PIECE + 9)];
    await publish(store, key, octets);
    await store.withdraw(key);
    await expect(store.open(key)).rejects.toBeInstanceOf(BlobMissing);
    const draft = await store.draft(key);
    expect((await whole(draft)).equals(octets)).toBe(true);
    await draft.write(octets.length, [Buffer.from('more')]);
    await draft.sync();
    await draft.close();
    await store.publish(key);
    const blob = await store.open(key);
    expect((await whole(blob)).equals(Buffer.concat([octets, Buffer.from('more')]))).toBe(true);
    await blob.close();
  });

  it('takes back what was published by an act that was never finished when its draft is taken up', async () => {
    const key = randomUUID();
    await publish(store, key, randomBytes(10));
    await (await store.draft(key)).close();
    await expect(store.open(key)).rejects.toBeInstanceOf(BlobMissing);
    await store.withdraw(key);
  });

  it('removes drafts and bodies for good, and does nothing where there is none', async () => {
    const [published, drafted] = [randomUUID(), randomUUID()];
    await publish(store, published, randomBytes(PIECE + 1));
    const draft = await store.draft(drafted);
    await draft.write(0, [randomBytes(2 * PIECE)]);
    await draft.flush();
    await draft.close();
    for (const key of [published, drafted, randomUUID()]) await store.discard(key);
    expect([await store.draftBytes(published), await store.draftBytes(drafted)]).toEqual([0, 0]);
    await expect(store.open(published)).rejects.toBeInstanceOf(BlobMissing);
    away = 2 * HOUR_MS;
    expect((await store.list(HOUR_MS)).filter(({ key }) => [published, drafted].some((one) => one === key))).toEqual([]);
    away = 0;
  });

  it('lists for the sweep what has lain there for long, each in its place, and nothing younger', async () => {
    const [published, synced, begun] = [randomUUID(), randomUUID(), randomUUID()];
    await publish(store, published, randomBytes(10));
    await store.settle(published);
    for (const key of [synced, begun]) {
      const draft = await store.draft(key);
      await draft.write(0, [randomBytes(PIECE + 10)]);
      await (key === synced ? draft.sync() : draft.flush());
      await draft.close();
    }
    const of = (listed: Awaited<ReturnType<BlobStore['list']>>): unknown[] => [published, synced, begun].map((key) => listed.filter((one) => one.key === key).map(({ place }) => place));
    expect(of(await store.list(HOUR_MS))).toEqual([[], [], []]);
    away = 2 * HOUR_MS;
    expect(of(await store.list(HOUR_MS))).toEqual([['published'], ['quarantine'], ['quarantine']]);
    away = 0;
  });

  it('refuses every key that is no UUID before anything is touched', async () => {
    for (const key of ['../../etc/passwd', '', 'bodies', `${randomUUID()}/`]) {
      const acts = [() => store.draft(key), () => store.draftBytes(key), () => store.publish(key), () => store.withdraw(key), () => store.open(key), () => store.discard(key)];
      for (const act of acts) await expect(act()).rejects.toBeInstanceOf(TypeError);
    }
  });

  it('holds what was written, cut and written over, in whatever order and however often it is taken up anew', async () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('write' as const), back: fc.integer({ min: 0, max: 70_000 }), length: fc.integer({ min: 1, max: 120_000 }) }),
      fc.record({ act: fc.constant('cut' as const), back: fc.integer({ min: 0, max: 130_000 }) }),
      fc.record({ act: fc.constantFrom('again' as const, 'sync' as const, 'read' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
        const key = randomUUID();
        let [draft, kept] = [await store.draft(key), Buffer.alloc(0)];
        for (const one of steps) {
          if (one.act === 'write') {
            const [at, octets] = [Math.max(0, kept.length - one.back), randomBytes(one.length)];
            await writeIn(draft, octets, 33_333, at);
            kept = Buffer.concat([kept.subarray(0, at), octets, kept.subarray(at + octets.length)]);
          } else if (one.act === 'cut') {
            kept = kept.subarray(0, Math.max(0, kept.length - one.back));
            await draft.truncate(kept.length);
          } else if (one.act === 'again') {
            await draft.flush();
            await draft.close();
            draft = await store.draft(key);
          } else if (one.act === 'sync') await draft.sync();
          expect(draft.sizeBytes).toBe(kept.length);
        }
        expect((await whole(draft)).equals(kept)).toBe(true);
        await draft.sync();
        expect((await whole(draft)).equals(kept)).toBe(true);
        await draft.close();
        await store.discard(key);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

function missing(): never {
  throw new Error('No such store.');
}

async function publish(store: BlobStore, key: string, octets: Buffer): Promise<void> {
  const draft = await store.draft(key);
  await draft.write(0, [octets]);
  await draft.sync();
  await draft.close();
  await store.publish(key);
}

async function writeIn(draft: Draft, octets: Buffer, step: number, from = 0): Promise<void> {
  for (let at = 0; at < octets.length; at += step) await draft.write(from + at, [octets.subarray(at, at + 7), octets.subarray(at + 7, at + step)].filter(({ length }) => length > 0));
}

/** Everything, as it is read back after storing: one piece after the other. */
async function whole(source: { readonly sizeBytes: number; read(offset: number, length: number): Promise<Uint8Array> }): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < source.sizeBytes; at += 16_384) parts.push(await source.read(at, 16_384));
  return Buffer.concat(parts);
}
