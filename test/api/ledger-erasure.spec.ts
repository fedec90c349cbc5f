import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EntryId } from '../../libs/kernel/index.js';
import { verifyTiles } from '../../libs/verifier/index.js';
import { withOperator } from '../../src/cli/operator.js';
import { EraseEntry, exportWhole, exportedState, sequenceBatch } from '../../src/ledger/index.js';
import { stateReason } from '../builders/auditor.js';
import { runChild } from '../builders/child.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';
import { KEY, LedgerScene, somebody } from './ledger-scene.js';

jest.setTimeout(120_000);

const SECRET = 'Zephyrine Quillfeather';
const ORDER = { reason: 'Ordered by the court', decidedBy: 'The data protection officer' };

describe('an entry that is erased', () => {
  let scene: LedgerScene;
  let ids: readonly EntryId[];
  let secret: EntryId;

  beforeAll(async () => {
    scene = await LedgerScene.open();
    ids = await scene.fill(7, 3);
    secret = await scene.record({ verb: 'item.read', purpose: SECRET, reason: SECRET, subject: { kind: 'note', id: 'n', title: SECRET }, details: { said: SECRET } }, somebody(SECRET));
    await place();
  }, 240_000);
  afterAll(() => scene.close());

  const place = async () => sequenceBatch(await scene.worker(), KEY, () => new Date());
  const erase = (entryId: string) => withOperator(scene.database.ownerUrl, ({ unit, ledger, context }) => new EraseEntry(unit, ledger).execute(context, { entryId, ...ORDER }));
  const held = async () => (await scene.superuser.query<{ text: string }>(`SELECT e::text AS text FROM ledger_entry e WHERE position($1 IN e::text) > 0`, [SECRET])).rows;

  it('goes with everything it could be found by; the tree still verifies, and what went, when, by whom and why is left', async () => {
    const before = await scene.check();
    const leaf = async () => (await scene.superuser.query<{ leaf: string }>(`SELECT encode(leaf_hash, 'base64') AS leaf FROM ledger_leaf WHERE entry_id = $1`, [secret])).rows[0]?.leaf;
    const stood = await leaf();
    expect(await held()).toHaveLength(1);
    expect(await erase(secret)).toMatchObject({ ok: true, value: { index: 7, verb: 'item.read', category: 'consultation', leafHash: stood, agency: 'ashworth' } });
    expect(await held()).toEqual([]);
    expect(await leaf()).toBe(stood);
    // The record of it has no place in the tree yet, and nothing is wrong meanwhile.
    expect(await scene.check()).toMatchObject({ whole: true, erased: 1, entries: before.entries, rootHash: before.rootHash });
    await place();
    expect(await scene.check()).toMatchObject({ whole: true, erased: 1, entries: before.entries + 1 });
    const { rows } = await scene.superuser.query<{ body: string }>(`SELECT body FROM ledger_entry WHERE verb = 'ledger.erase'`);
    expect(rows.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      expect.objectContaining({
        category: 'erasure', system: 'cli', reason: ORDER.reason, subject: { kind: 'entry', id: secret },
        details: { decidedBy: ORDER.decidedBy, erased: expect.objectContaining({ index: 7, verb: 'item.read', leafHash: stood, agency: 'ashworth' }) },
      }),
    ]);
  });

  it('is exported as erased, and the export is checked by whoever has nothing of ours', async () => {
    const connection = await scene.worker();
    const state = await exportedState(connection);
    const tiles = new Map<string, Uint8Array>();
    let lines = '';
    const sink = { file: (path: string, octets: Uint8Array | string) => Promise.resolve(void tiles.set(path, Buffer.from(octets))), entries: (text: string) => Promise.resolve(void (lines += text)) };
    if (state === undefined) throw new Error('Nothing is signed');
    expect(await exportWhole(connection, state, true, sink)).toBeUndefined();
    const [key] = KEY.trusted;
    if (key === undefined) throw new Error('The ledger has a key');
    const handed = { checkpoint: state.checkpoint, tile: (path: string) => Promise.resolve(tiles.get(path)), entries: Readable.from([Buffer.from(lines)]) };
    const { holds, findings } = await verifyTiles(handed, { key });
    expect({ holds, erased: findings.find(({ code }) => code === 'entries-erased')?.message }).toEqual({ holds: true, erased: expect.stringContaining('What 1 of the entries said') });
  });

  it('is erased once, and neither the record of an erasure nor what has no place yet is', async () => {
    const { rows } = await scene.superuser.query<{ id: string }>(`SELECT id FROM ledger_entry WHERE verb = 'ledger.erase'`);
    const waiting = await scene.record();
    for (const id of [secret, 'ffffffff-0000-4000-8000-000000000000', waiting]) expect(await erase(id)).toMatchObject({ ok: false, error: expect.stringContaining('There is no entry') });
    expect(await erase(rows[0]?.id ?? '')).toEqual({ ok: false, error: 'This entry is the record of an erasure, which stays.' });
    await place();
    expect(await scene.check()).toMatchObject({ whole: true, erased: 1 });
  });

  it('is not taken out by anybody without a record of it, and no record is feigned', async () => {
    const [first, second] = ids;
    const { rows } = await scene.superuser.query<{ id: string }>(`SELECT id FROM ledger_entry WHERE verb = 'ledger.erase'`);
    for (const url of [scene.database.ownerUrl, scene.database.appUrl, scene.database.workerUrl]) {
      const client = await scene.connect(url);
      if (url === scene.database.ownerUrl) await client.query('SET ROLE concordat_owner');
      await expect(client.query('DELETE FROM ledger_entry WHERE id = $1', [first])).rejects.toThrow(/append-only|permission denied/);
      // A record there is, but of another entry; and one that is no erasure at all.
      for (const record of [rows[0]?.id, second]) {
        await expect(client.query('INSERT INTO ledger_erasure VALUES ($1, $2)', [first, record])).rejects.toThrow(/append-only|permission denied/);
      }
      await expect(client.query('DELETE FROM ledger_erasure')).rejects.toThrow(/append-only|permission denied/);
      // The owner's own statement finds no row that it may change.
      const altered = client.query('UPDATE ledger_entry SET body = body');
      if (url === scene.database.ownerUrl) expect((await altered).rowCount).toBe(0);
      else await expect(altered).rejects.toThrow(/permission denied/);
    }
  });

  it('is damage where the ledger itself does not say so: a row that leads nowhere, to another erasure, or to one that was taken away', async () => {
    const [first, second] = ids;
    const { rows } = await scene.superuser.query<{ id: string }>(`SELECT id FROM ledger_entry WHERE verb = 'ledger.erase'`);
    const goneAt = async () => (await scene.check()).findings.filter(({ code }) => code === 'body-missing').map(({ index }) => index);
    await scene.tamper(`DELETE FROM ledger_entry WHERE id = '${first ?? ''}'`, `INSERT INTO ledger_erasure VALUES ('${first ?? ''}', '${second ?? ''}')`);
    expect(await goneAt()).toEqual([0]);
    await scene.tamper(`UPDATE ledger_erasure SET erasure_id = '${rows[0]?.id ?? ''}' WHERE entry_id = '${first ?? ''}'`);
    expect(await goneAt()).toEqual([0]);
    await scene.tamper(`DELETE FROM ledger_erasure WHERE entry_id = '${secret}'`);
    expect(await goneAt()).toEqual([0, 7]);
    expect(await scene.check()).toMatchObject({ whole: false, erased: 0 });
  });
});

describe('erasing at the command line', () => {
  let world: World;
  let auditor: Visitor;
  beforeAll(async () => {
    world = await startWorld({ worker: true });
    auditor = await world.signIn('alex.ward');
    await stateReason(auditor);
  }, 240_000);
  afterAll(() => world.stop());

  const erase = (...args: readonly string[]) => runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl }, ['ledger', 'erase', ...args]);

  it('leaves a page that says so, and nothing that a search finds', async () => {
    await world.signInAgain('amira.rahman');
    const id = await eventually('her sign-in having its place', async () => {
      const { rows } = await world.superuser.query<{ id: string }>(
        `SELECT e.id FROM ledger_entry e JOIN ledger_leaf l ON l.entry_id = e.id WHERE e.verb = 'session.sign-in' AND e.person_name = 'Amira Rahman' LIMIT 1`,
      );
      return rows[0]?.id;
    });
    expect(await (await auditor.fetch('/audit?person=Amira')).text()).toContain(id);
    const done = await erase(id, '--reason', 'She asked for it', '--by', 'Gwen Price');
    expect(done).toMatchObject({ code: 0, output: expect.stringMatching(/^Entry \d+ \(session\.sign-in, .*Z\) is erased; its leaf and the record of the erasure stay\./) });
    expect(await (await auditor.fetch('/audit?person=Amira')).text()).not.toContain(id);
    const page = (await (await auditor.fetch(`/audit/entries/${id}`)).text()).replaceAll(/\s+/g, ' ');
    expect(page).toMatch(/<strong>This entry was erased<\/strong> .*, as Gwen Price decided: She asked for it/);
    expect(page).not.toContain('Amira');
    expect(page).toContain('(session.sign-in)');
    const { auditEntry } = await auditor.ask<{ auditEntry: { erased: { erasureId: string }; proof: string } }>('query ($id: ID!) { auditEntry(id: $id) { proof erased { erasureId } } }', { id });
    expect(auditEntry.proof).toContain('c2sp.org/tlog-proof@v1');
    expect(await (await auditor.fetch(`/audit/entries/${auditEntry.erased.erasureId}`)).text()).toContain('Erased an entry of the ledger');
  });

  it('asks for everything that will be left', async () => {
    const id = 'ffffffff-0000-4000-8000-000000000000';
    expect(await erase(id, '--by', 'Gwen Price')).toMatchObject({ code: 2, output: expect.stringContaining('--reason') });
    expect(await erase(id, '--reason', ' ', '--by', 'Gwen Price')).toMatchObject({ code: 2, output: expect.stringContaining('1 to 500 characters') });
    expect(await erase('7', '--reason', 'A', '--by', 'B')).toMatchObject({ code: 2, output: expect.stringContaining('7 is no id') });
    expect(await erase(id, '--reason', 'A', '--by', 'B')).toMatchObject({ code: 1, output: expect.stringContaining('Nothing was erased. There is no entry') });
  });
});
