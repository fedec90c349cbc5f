import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { must } from '../../libs/kernel/index.js';
import { openCheckpoint, readRoot } from '../../libs/tlog/index.js';
import { decodeTile, formatTilePath, tileNodeReader, tilesOfTree } from '../../libs/tlog/tiles.js';
import { ledgerKey, pgConnection, sequenceBatch } from '../../src/ledger/index.js';
import { projectFolder } from '../../src/platform/config/index.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

jest.setTimeout(120_000);

const TOKEN = 'a-token-for-monitors-only';
const ENTRIES = 600;

describe('the tree over HTTP', () => {
  let world: World;
  const key = ledgerKey(readFileSync(join(projectFolder(), 'keys-example', 'ledger.key.pem'), 'utf8'), 'demonstration.concordat.example/ledger');
  const monitor = { headers: { authorization: `Bearer ${TOKEN}` } };

  beforeAll(async () => {
    world = await startWorld({ env: { LEDGER_MONITOR_TOKEN: TOKEN } });
    await world.superuser.query(
      `INSERT INTO ledger_entry (id, at, salt, body, leaf_hash)
       SELECT id, '2026-11-28T09:00:00.000Z', '\\x00112233445566778899aabbccddeeff', json_build_object('id', id, 'at', '2026-11-28T09:00:00.000Z', 'verb', 'note.add', 'category', 'collection', 'outcome', 'done')::text, sha256(id::text::bytea)
       FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1::int)) made`, [ENTRIES]);
    const client = new pg.Client({ connectionString: world.database.workerUrl });
    await client.connect();
    await sequenceBatch(pgConnection(client), key, () => new Date());
    await client.end();
  }, 180_000);
  afterAll(() => world.stop());

  it('is whole: a monitor rebuilds the root from the tiles alone', async () => {
    const get = (path: string): Promise<Response> => world.stranger().fetch(`/ledger/${path}`, monitor);
    const answer = await get('checkpoint');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    const { size, root } = must(openCheckpoint(await answer.text(), key.origin, key.trusted));
    expect(size).toBeGreaterThanOrEqual(ENTRIES);
    const widths = tilesOfTree(size).map(({ level, width }) => [level, width]);
    expect(widths).toEqual(expect.arrayContaining([[0, 256], [1, 2]]));
    const rebuilt = await readRoot(tileNodeReader(size, async (tile) => {
      const served = await get(formatTilePath(tile));
      expect([served.status, served.headers.get('content-type'), served.headers.get('cache-control')]).toEqual([200, 'application/octet-stream', 'private, max-age=31536000, immutable']);
      return must(decodeTile(new Uint8Array(await served.arrayBuffer()), tile.width));
    }), size);
    expect(Buffer.from(rebuilt).toString('hex')).toBe(Buffer.from(root).toString('hex'));
  });

  it('is the same absence for whoever may not read it and for whatever is not there', async () => {
    const alex = await world.signIn('alex.ward');
    expect((await alex.fetch('/ledger/checkpoint')).status).toBe(200);
    expect((await alex.fetch('/ledger/tile/0/000')).status).toBe(200);
    const asked: [Visitor, string, RequestInit][] = [];
    for (const path of ['checkpoint', 'tile/0/000']) {
      asked.push([world.stranger(), path, {}], [await world.signIn('amira.rahman'), path, {}], [world.stranger(), path, { headers: { authorization: `Bearer ${TOKEN}x` } }]);
    }
    for (const path of ['checkpoint?x', 'tile/0/0', 'tile/0/x000/000', 'tile/0/000?x', 'tile/00/000', 'tile/0/000.p/256', 'tile/0/%30%30%30', 'tile/0/009', 'tile/1/000', 'tile/1/000.p/3', 'tile/0/000.p/0', 'tile/64/000', 'tile/entries/000', 'tile/0/000/']) {
      asked.push([world.stranger(), path, monitor]);
    }
    for (const [who, path, init] of asked) {
      const answer = await who.fetch(`/ledger/${path}`, init);
      expect({ path, status: answer.status, body: await answer.text() }).toEqual({ path, status: 404, body: '{"code":"not-found","message":"There is nothing here."}' });
    }
    expect((await world.stranger().fetch('/ledger/tile/0/000.p/7', monitor)).status).toBe(200);
  });
});
