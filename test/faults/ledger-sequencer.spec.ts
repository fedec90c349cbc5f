import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LedgerIntake, ledgerKey, pgConnection, sequenceBatch, type Batch, type LedgerConnection } from '../../src/ledger/index.js';
import { LedgerBroken } from '../../src/ledger/jobs/ledger-broken.js';
import { Sequencer } from '../../src/ledger/jobs/sequencer.js';
import { tellAsleep, tellAwake } from '../../src/ledger/store/sequencer-sleep.js';
import { SystemClock } from '../../src/platform/clock.js';
import type { Config, Work } from '../../src/platform/index.js';
import { Log } from '../../src/platform/telemetry/index.js';
import { KEY, KEY_PEM, LedgerScene, newKeyPem, somebody } from '../api/ledger-scene.js';

jest.setTimeout(40_000);

const now = (): Date => new Date();

describe('the ledger sequencer', () => {
  let scene: LedgerScene;
  const started: Sequencer[] = [];

  beforeEach(async () => {
    scene = await LedgerScene.open();
  }, 120_000);
  afterEach(async () => {
    await Promise.all(started.splice(0).map((sequencer) => sequencer.beforeApplicationShutdown()));
    await scene.close();
  });

  const indexes = async (): Promise<readonly number[]> => {
    const { rows } = await scene.superuser.query<{ index: string }>('SELECT index FROM ledger_leaf ORDER BY index');
    return rows.map(({ index }) => Number(index));
  };
  const upTo = (size: number): readonly number[] => Array.from({ length: size }, (_, at) => at);

  /** Runs until `condition` holds; fails with what was waited for when it does not in time. */
  async function eventually(what: string, condition: () => Promise<boolean>, milliseconds = 20_000): Promise<void> {
    const limit = Date.now() + milliseconds;
    while (!(await condition())) {
      if (Date.now() > limit) throw new Error(`It did not come to pass that ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  function startSequencer(dataFolder = mkdtempSync(join(tmpdir(), 'concordat-ledger-')), lines: string[] = []): Sequencer {
    const config = {
      dataFolder,
      database: { workerUrl: scene.database.workerUrl },
      keys: { ledgerSigningKey: KEY_PEM, ledgerOrigin: KEY.origin },
    } as unknown as Config;
    const sequencer = new Sequencer(config, new SystemClock(), Log.to({ write: (line) => void lines.push(line) }));
    sequencer.onApplicationBootstrap();
    started.push(sequencer);
    return sequencer;
  }

  it('signs for a recorded act within a second, woken or not', async () => {
    const sequencer = startSequencer();
    try {
      for (let act = 0; act < 5; act += 1) {
        const started = Date.now();
        const id = await scene.record();
        await eventually('the act was signed for', async () => {
          const { rowCount } = await scene.superuser.query('SELECT 1 FROM ledger_leaf WHERE entry_id = $1', [id]);
          return rowCount === 1;
        });
        expect(Date.now() - started).toBeLessThan(1000);
      }
    } finally {
      await sequencer.beforeApplicationShutdown();
    }
    expect(await scene.check()).toMatchObject({ whole: true, entries: 5 });
  });

  it('is woken by an act only while it sleeps, and tells that it does once nothing is under way that would not wake it', async () => {
    const [sequencer, another] = [await scene.worker(), await scene.worker()];
    const ear = await scene.connect(scene.database.workerUrl);
    await ear.query('LISTEN concordat_ledger');
    let rung = 0;
    ear.on('notification', () => (rung += 1));
    /** What was told by then is heard before its answer. */
    const heard = async (): Promise<number> => {
      await ear.query('SELECT 1');
      return rung;
    };
    await scene.record();
    expect(await heard()).toBe(0);

    await scene.unitOfWork.run({ actor: somebody(), correlationId: 'test' }, async (work) => {
      await new LedgerIntake().append(work, { verb: 'workspace.open', outcome: 'done' });
      await work.sql('SELECT 1');
      expect(await tellAsleep(sequencer)).toBe('under-way');
    });
    expect(await tellAsleep(sequencer)).toBe('told');
    expect(await tellAsleep(another)).toBe('told-by-another');
    await scene.record();
    expect(await heard()).toBe(1);

    await tellAwake(sequencer);
    await scene.record();
    expect(await heard()).toBe(1);
  });

  it('gives no index twice and leaves no gap with three started at once under a stream of acts', async () => {
    const sequencers = [startSequencer(), startSequencer(), startSequencer()];
    const total = 120;
    try {
      await Promise.all(upTo(6).map(async () => {
        for (let act = 0; act < total / 6; act += 1) await scene.record();
      }));
      await eventually('every act had its index', async () => (await indexes()).length === total);
    } finally {
      await Promise.all(sequencers.map((sequencer) => sequencer.beforeApplicationShutdown()));
    }
    expect(await indexes()).toEqual(upTo(total));
    expect(await scene.check()).toMatchObject({ whole: true, entries: total, waiting: 0 });
  });

  it('does not let a second batch in while one is under way', async () => {
    await scene.record();
    const [first, second] = [await scene.worker(), await scene.worker()];
    let inner: Batch | undefined;
    const interrupting: LedgerConnection = {
      query: async (text, parameters) => {
        if (text === 'COMMIT') inner = await sequenceBatch(second, KEY, now);
        return first.query(text, parameters);
      },
    };
    expect((await sequenceBatch(interrupting, KEY, now)).count).toBe(1);
    expect(inner?.count).toBe(0);
    expect(await indexes()).toEqual([0]);
  });

  it('leaves no gap and no fork wherever its connection is killed', async () => {
    await scene.fill(7);
    let edge = (await sequenceBatch(await scene.worker(), KEY, now)).edge;
    let isDone = false;
    for (let step = 1; !isDone; step += 1) {
      for (let act = 0; act < 3; act += 1) await scene.record();
      const client = await scene.connect(scene.database.workerUrl);
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const connection = pgConnection(client);
      let statements = 0;
      const killed: LedgerConnection = {
        query: async (text, parameters) => {
          statements += 1;
          if (statements === step) await scene.superuser.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
          return connection.query(text, parameters);
        },
      };
      const outcome = await sequenceBatch(killed, KEY, now, edge).then((batch) => batch, () => undefined);
      isDone = outcome !== undefined;
      // Taken up by the same process, with the tree it remembers, and every other time by a new one.
      edge = (await sequenceBatch(await scene.worker(), KEY, now, step % 2 === 0 ? edge : undefined)).edge;
      const found = await indexes();
      expect(found).toEqual(upTo(found.length));
    }
    expect(await scene.check()).toMatchObject({ whole: true, waiting: 0 });
  });

  it('goes on where another process has meanwhile gone on', async () => {
    const [mine, other] = [await scene.worker(), await scene.worker()];
    await scene.record();
    const { edge } = await sequenceBatch(mine, KEY, now);
    await scene.record();
    await sequenceBatch(other, KEY, now);
    await scene.record();
    expect((await sequenceBatch(mine, KEY, now, edge)).count).toBe(1);
    expect(await scene.check()).toMatchObject({ whole: true, entries: 3 });
  });

  it('signs nothing more over a tree that is not the one it signed', async () => {
    await scene.fill(6);
    await scene.tamper(`UPDATE ledger_node SET hash = sha256('x') WHERE level = 2`);
    await scene.record();
    await expect(sequenceBatch(await scene.worker(), KEY, now)).rejects.toThrow(LedgerBroken);
    expect(await indexes()).toEqual(upTo(6));
  });

  it('signs nothing more over a ledger that was cut back behind its back', async () => {
    await scene.fill(5);
    const worker = await scene.worker();
    await scene.record();
    const { edge } = await sequenceBatch(worker, KEY, now);
    await scene.tamper(
      `DELETE FROM ledger_leaf WHERE index >= 5`,
      `DELETE FROM ledger_node WHERE (index + 1) * (1 << level) > 5`,
      `DELETE FROM ledger_checkpoint WHERE size > 5`,
    );
    await scene.record();
    await expect(sequenceBatch(worker, KEY, now, edge)).rejects.toThrow(LedgerBroken);
  });

  it('signs nothing more, started anew, over a ledger that was cut back to a whole state, and the check says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'concordat-ledger-'));
    await scene.fill(5);
    const before = startSequencer(folder);
    await scene.record();
    await eventually('the act was signed for', async () => (await indexes()).length === 6);
    await before.beforeApplicationShutdown();
    await scene.tamper(
      `DELETE FROM ledger_entry WHERE id = (SELECT entry_id FROM ledger_leaf WHERE index = 5)`,
      `DELETE FROM ledger_leaf WHERE index >= 5`,
      `DELETE FROM ledger_node WHERE (index + 1) * (1 << level) > 5`,
      `DELETE FROM ledger_checkpoint WHERE size > 5`,
    );
    const kept = readFileSync(join(folder, 'ledger-checkpoint'), 'utf8');
    for (let act = 0; act < 3; act += 1) await scene.record();
    const lines: string[] = [];
    const after = startSequencer(folder, lines);
    await eventually('the sequencer refused', () => Promise.resolve(lines.some((line) => line.includes('fewer than the 6'))));
    await after.beforeApplicationShutdown();
    expect(await indexes()).toEqual(upTo(5));
    expect(readFileSync(join(folder, 'ledger-checkpoint'), 'utf8')).toBe(kept);
    expect((await scene.check([kept])).findings).toContainEqual(expect.objectContaining({ code: 'forked' }));

    // A key holder who let the ledger grow past it again is found out too.
    await sequenceBatch(await scene.worker(), KEY, now);
    const grown = startSequencer(folder, lines);
    await eventually('the sequencer refused again', () => Promise.resolve(lines.some((line) => line.includes('are not those'))));
    await grown.beforeApplicationShutdown();
    expect((await scene.check([kept])).findings).toContainEqual(expect.objectContaining({ code: 'forked' }));
  });

  it('signs nothing over a head that another key signed', async () => {
    await scene.fill(2);
    await scene.record();
    const foreign = ledgerKey(newKeyPem(), KEY.origin);
    await expect(sequenceBatch(await scene.worker(), foreign, now)).rejects.toThrow(LedgerBroken);
  });
});

describe('the ledger tables', () => {
  let scene: LedgerScene;

  beforeEach(async () => {
    scene = await LedgerScene.open();
    await scene.fill(3);
  }, 120_000);
  afterEach(() => scene.close());

  const tables = ['ledger_entry', 'ledger_leaf', 'ledger_node', 'ledger_checkpoint'];
  const columns: Record<string, string> = {
    ledger_entry: 'body = body', ledger_leaf: 'index = index + 10', ledger_node: 'hash = hash', ledger_checkpoint: 'note = note',
  };
  const acts = tables.flatMap((table) => [
    `UPDATE ${table} SET ${columns[table] ?? ''}`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`,
  ]);

  it.each(acts)('refuse the application, the worker, the auditor and their owner: %s', async (statement) => {
    const { appUrl, workerUrl, ownerUrl } = scene.database;
    for (const url of [appUrl, workerUrl]) {
      const client = await scene.connect(url);
      await expect(client.query(statement)).rejects.toThrow(/permission denied/);
    }
    // Row-level security shows the owner no entry to change; of the other tables the trigger refuses.
    const owner = await scene.connect(ownerUrl);
    const outcome = await owner.query(statement).then(({ rowCount }) => `${rowCount ?? 0} rows`, (fault: unknown) => String(fault));
    expect(outcome).toMatch(/^0 rows$|append-only/);
    const auditor = await scene.connect(appUrl);
    await auditor.query('SET ROLE concordat_auditor');
    await expect(auditor.query(statement)).rejects.toThrow(/permission denied/);
    await expect(scene.superuser.query(statement)).rejects.toThrow(/append-only/);
  });

  it('let the application neither read nor write the tree, the queue, or a column it does not own', async () => {
    const app = await scene.connect(scene.database.appUrl);
    for (const table of ['ledger_leaf', 'ledger_node', 'ledger_checkpoint', 'ledger_waiting']) {
      await expect(app.query(`SELECT * FROM ${table}`)).rejects.toThrow(/permission denied/);
      await expect(app.query(`INSERT INTO ${table} DEFAULT VALUES`)).rejects.toThrow(/permission denied/);
    }
    await expect(app.query(`INSERT INTO ledger_entry (id, at, salt, body, leaf_hash, verb) VALUES (gen_random_uuid(), now(), '', '', '', 'x')`)).rejects.toThrow();
  });

  it('take no entry in the name of another person, and undo a record with its act', async () => {
    const [amira, tom] = [somebody('Amira Rahman'), somebody('Tom Bell')];
    const intake = new LedgerIntake();
    const draft = { verb: 'note.add', outcome: 'done' } as const;
    const before = await scene.superuser.query('SELECT 1 FROM ledger_entry');
    const forged = scene.unitOfWork.run({ actor: amira, correlationId: 'test' }, (work) => {
      const asTom = { context: { ...work.context, actor: tom }, at: work.at, leave: work.leave.bind(work) };
      return intake.append(asTom as unknown as Work, draft);
    });
    await expect(forged).rejects.toThrow(/row-level security/);
    const undone = scene.unitOfWork.run({ actor: amira, correlationId: 'test' }, async (work) => {
      await intake.append(work, draft);
      throw new Error('the act failed');
    });
    await expect(undone).rejects.toThrow('the act failed');
    expect((await scene.superuser.query('SELECT 1 FROM ledger_entry')).rowCount).toBe(before.rowCount);
  });
});
