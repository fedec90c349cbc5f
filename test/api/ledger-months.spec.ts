import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { canonicalJson } from '../../libs/kernel/index.js';
import { withMigrator } from '../../src/cli/migrator.js';
import { sequenceBatch } from '../../src/ledger/index.js';
import { entryLeafHash } from '../../src/ledger/domain/entry-body.js';
import { KEY, LedgerScene } from './ledger-scene.js';

jest.setTimeout(120_000);

const FIRST = 'DivideLedgerByMonth1763700017000';

describe('the months of the ledger', () => {
  let scene: LedgerScene;
  beforeEach(async () => {
    scene = await LedgerScene.open();
  }, 120_000);
  afterEach(() => scene.close());

  /** Puts an entry in behind the application's back, as of another time. */
  async function recordAt(at: Date, filed = at, id: string = randomUUID()): Promise<string> {
    const body = canonicalJson({ at: at.toISOString(), category: 'collection', id, outcome: 'done', verb: 'note.add' });
    const salt = Buffer.alloc(16);
    await scene.superuser.query('INSERT INTO ledger_entry (id, at, salt, body, leaf_hash) VALUES ($1, $2, $3, $4, $5)', [id, filed, salt, body, Buffer.from(entryLeafHash(salt, body))]);
    return id;
  }
  const monthsFrom = (months: number): Date => {
    const now = new Date();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 15, 12));
  };
  const partOf = (at: Date): string => `ledger_entry_${at.toISOString().slice(0, 7).replace('-', '_')}`;
  const keptIn = async (id: string): Promise<string | undefined> =>
    (await scene.superuser.query<{ part: string }>('SELECT tableoid::regclass::text AS part FROM ledger_entry WHERE id = $1', [id])).rows[0]?.part;
  const place = async () => sequenceBatch(await scene.worker(), KEY, () => new Date());

  it('have a place for every time, and what came before its month was made moves there when it is', async () => {
    const times = [new Date('1970-01-01T00:00:00.000Z'), monthsFrom(0), monthsFrom(2), monthsFrom(3), monthsFrom(5), new Date('9999-12-31T23:59:59.999Z')];
    const ids = await Promise.all(times.map((at) => recordAt(at)));
    const parts = async () => Promise.all(ids.map(keptIn));
    const within = times.slice(1, 3).map(partOf);
    expect(await parts()).toEqual(['ledger_entry_earlier', ...within, 'ledger_entry_later', 'ledger_entry_later', 'ledger_entry_later']);
    await place();
    const codes = async () => (await scene.check()).findings.map(({ code, entryId }) => `${code} ${entryId ?? ''}`).sort();
    const before = await codes();
    const worker = await scene.worker();
    expect(await worker.query('SELECT ledger_make_months(3) AS made')).toEqual([{ made: 1 }]);
    expect(await worker.query('SELECT ledger_make_months(3) AS made')).toEqual([{ made: 0 }]);
    expect(await parts()).toEqual(['ledger_entry_earlier', ...within, partOf(monthsFrom(3)), 'ledger_entry_later', 'ledger_entry_later']);
    // Nothing was queued again, and nothing is found that was not found before.
    expect((await scene.superuser.query('SELECT FROM ledger_waiting')).rowCount).toBe(0);
    expect(await codes()).toEqual(before);
    expect(before.every((finding) => finding.startsWith('out-of-time'))).toBe(true);
    expect((await scene.check()).entries).toBe(times.length);
  });

  it('keep an entry under the time its body says, and under no other', async () => {
    const soon = new Date(monthsFrom(1).getTime() + 1);
    await expect(recordAt(monthsFrom(0), monthsFrom(1))).rejects.toThrow(/another partition/);
    const id = await recordAt(monthsFrom(1), soon);
    const { rows } = await scene.superuser.query<{ at: Date }>('SELECT at FROM ledger_entry WHERE id = $1', [id]);
    expect(rows).toEqual([{ at: monthsFrom(1) }]);
  });

  it('hold one entry of an id between them, while it waits and once it has its place', async () => {
    const id = await recordAt(monthsFrom(0));
    await expect(recordAt(monthsFrom(1), undefined, id)).rejects.toThrow(/ledger_waiting_entry_id_key/);
    await place();
    await expect(recordAt(monthsFrom(1), undefined, id)).rejects.toThrow(`The ledger has an entry ${id} already`);
    // Whoever has the database puts it there all the same, and the check names it.
    await scene.tamper(`INSERT INTO ledger_entry (id, at, salt, body, leaf_hash, verb, category, outcome)
      SELECT id, at + interval '1 month', salt, replace(body, left(at::text, 7), left((at + interval '1 month')::text, 7)), leaf_hash, verb, category, outcome FROM ledger_entry`);
    expect((await scene.check()).findings).toContainEqual(expect.objectContaining({ code: 'entry-unplaced', entryId: id }));
  });

  it('are not made while somebody reads for long, and no act waits for that', async () => {
    const reader = await scene.connect(scene.database.workerUrl);
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM ledger_entry');
    await expect((await scene.worker()).query('SELECT ledger_make_months(4)')).rejects.toThrow(/lock timeout/);
    await scene.record();
    await reader.query('ROLLBACK');
    expect(await (await scene.worker()).query('SELECT ledger_make_months(4) AS made')).toEqual([{ made: 2 }]);
  });

  it('take over what an installation recorded before there were any, and give it back', async () => {
    const old = new Date('2026-03-05T10:00:00.000Z');
    await recordAt(old);
    await scene.fill(4);
    const whole = await scene.check();
    const stored = async () => (await scene.superuser.query<{ row: string }>('SELECT e::text AS row FROM ledger_entry e ORDER BY id')).rows;
    const before = await stored();
    await withMigrator(scene.database.ownerUrl, async (migrator) => {
      while ((await migrator.down()) !== FIRST);
      expect(await stored()).toEqual(before);
      await expect(scene.superuser.query('DELETE FROM ledger_entry')).rejects.toThrow(/append-only/);
      await migrator.up();
    });
    expect(await stored()).toEqual(before);
    expect(await keptIn((await scene.superuser.query<{ id: string }>('SELECT id FROM ledger_entry WHERE at = $1', [old])).rows[0]?.id ?? '')).toBe(partOf(old));
    const waiting = await scene.record();
    expect(await scene.check()).toMatchObject({ entries: whole.entries, rootHash: whole.rootHash, waiting: 1, findings: whole.findings });
    await place();
    expect((await scene.superuser.query('SELECT FROM ledger_leaf WHERE entry_id = $1', [waiting])).rowCount).toBe(1);
  });
});
