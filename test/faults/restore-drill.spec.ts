import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { THROW_AWAY, startCluster, type Cluster } from '../../scripts/postgres/cluster.js';
import { newPassword, openLogins, provisionDatabase } from '../../scripts/postgres/provision.js';
import { withMigrator } from '../../src/cli/migrator.js';
import { eventually } from '../api/alert-case.js';
import { signInAuditor } from '../builders/auditor.js';
import { runChild } from '../builders/child.js';
import type { TestDatabase } from '../builders/cluster.js';
import { beginMonths, monthAgo } from '../builders/months.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { PlacedWitness, bannerOf, listed, policyText, standingOf } from './witness-scene.js';

jest.setTimeout(240_000);

const DATABASE = 'concordat';
const LOOK = '{ auditLog(filter: {}) { nodes { id } } }';

/** docs/operations.md, "The restore drill", step by step; the database is a cluster of its own, so that it can be stopped and copied. */
describe('the restore drill', () => {
  const home = mkdtempSync(join(tmpdir(), 'concordat-drill-'));
  const [live, backup, restored] = ['live', 'backup', 'restored'].map((name) => join(home, name)) as [string, string, string];
  const running = new Map<string, Cluster>();
  let witness: PlacedWitness;
  let env: Readonly<Record<string, string>>;
  let world: World | undefined;

  beforeAll(async () => {
    chmodSync(home, 0o711);
    witness = await PlacedWitness.start('police.example/witness');
    env = { LEDGER_WITNESS_POLICY: policyText(1, [listed(witness)]), LEDGER_KEEP_MONTHS: '1' };
    const database = await databaseIn(live);
    const logins = { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl, DATABASE_WORKER_URL: database.workerUrl };
    expect(await runChild('run/cli.js', { ...logins, CONCORDAT_DATA: join(home, 'data'), LOG_LEVEL: 'error' }, ['seed'])).toMatchObject({ code: 0 });
  }, 240_000);
  afterAll(async () => {
    await world?.stop();
    for (const cluster of running.values()) await cluster.stop();
    await witness.end();
    rmSync(home, { recursive: true, force: true });
  });

  /** The database kept in a folder, started and open to the product; stopped again by `halt`. */
  async function databaseIn(folder: string): Promise<TestDatabase> {
    const cluster = await startCluster({ folder, logFile: `${folder}.log`, settings: THROW_AWAY });
    running.set(folder, cluster);
    const ownerUrl = await provisionDatabase(cluster.superuserUrl(), DATABASE, newPassword());
    await withMigrator(ownerUrl, (migrator) => migrator.up());
    const logins = await openLogins(ownerUrl, { app: newPassword(), worker: newPassword() });
    return { ...logins, name: DATABASE, superuserUrl: cluster.superuserUrl(DATABASE), drop: () => Promise.resolve() };
  }

  async function halt(folder: string): Promise<void> {
    await world?.stop();
    world = undefined;
    await running.get(folder)?.stop();
    running.delete(folder);
  }

  async function work(database: TestDatabase): Promise<{ readonly world: World; readonly auditor: Visitor }> {
    world = await startWorld({ database, worker: true, env });
    return { world, auditor: await signInAuditor(world) };
  }

  async function cosignedSize(auditor: Visitor, beyond: number): Promise<number> {
    return eventually(`more than ${beyond} entries being cosigned`, async () => {
      await auditor.ask(LOOK);
      const { standing, cosignedSize: size } = await standingOf(auditor);
      return standing === 'cosigned' && size > beyond && size;
    });
  }

  const command = (at: World, ...words: readonly string[]) => runChild('run/cli.js', { ...at.env, DATABASE_URL: at.database.ownerUrl, LOG_LEVEL: 'error' }, words);

  /** The latest checkpoint in a file, as somebody would keep it elsewhere. */
  async function checkpointKept(at: World, name: string): Promise<string> {
    const { rows } = await at.superuser.query<{ note: string }>('SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1');
    const file = join(home, name);
    writeFileSync(file, rows[0]?.note ?? '');
    return file;
  }

  let checkpointOfBackup: string;
  let latestCheckpoint: string;
  let sizeAtBackup: number;

  it('copies a database that was stopped, and the original goes on', async () => {
    const before = await work(await databaseIn(live));
    await beginMonths(before.world.superuser, monthAgo(2));
    expect(await command(before.world, 'ledger', 'retire', '--before', monthAgo(1), '--reason', 'Kept long enough', '--by', 'Gwen Price')).toMatchObject({ code: 0 });
    sizeAtBackup = await cosignedSize(before.auditor, 5);
    await before.world.stopWorkers();
    checkpointOfBackup = await checkpointKept(before.world, 'checkpoint-of-backup');
    await halt(live);
    execFileSync('cp', ['-a', live, backup]);
    const after = await work(await databaseIn(live));
    await cosignedSize(after.auditor, sizeAtBackup + 5);
    latestCheckpoint = await checkpointKept(after.world, 'latest-checkpoint');
    expect(await command(after.world, 'ledger', 'check', '--remembered', checkpointOfBackup)).toMatchObject({ code: 0 });
    await halt(live);
  });

  it('restores the copy elsewhere, whole and continuing what was kept when it was made', async () => {
    execFileSync('cp', ['-a', backup, restored]);
    const database = await databaseIn(restored);
    world = await startWorld({ database, env });
    expect(await command(world, 'migrate', 'status')).toMatchObject({ code: 0 });
    const checked = await command(world, 'ledger', 'check', '--remembered', checkpointOfBackup);
    expect(checked).toMatchObject({ code: 0, output: expect.stringContaining('The ledger is whole') });
    expect(checked.output).toContain(`${monthAgo(2)}: 0 entries were retired`);
    const proved = await command(world, 'ledger', 'prove', '--from', checkpointOfBackup);
    expect(proved.code).toBe(0);
  });

  it('shows by a later checkpoint that what came after the backup is gone', async () => {
    if (world === undefined) throw new Error('The copy is not running');
    const checked = await command(world, 'ledger', 'check', '--remembered', latestCheckpoint);
    expect(checked).toMatchObject({ code: 1, output: expect.stringMatching(/forked: The remembered checkpoint of \d+ entries is not the beginning of this log\./) });
    expect(await command(world, 'ledger', 'prove', '--from', latestCheckpoint)).toMatchObject({ code: 1 });
  });

  it('is named a rollback by the witness as soon as the copy is put to work in the place of the original', async () => {
    if (world === undefined) throw new Error('The copy is not running');
    const auditor = await signInAuditor(world);
    await world.startWorker();
    const conflict = await eventually('the rollback being named', async () => (await standingOf(auditor)).conflicts.find(({ kind }) => kind === 'cut' || kind === 'forked'), 60_000);
    expect(conflict).toMatchObject({ witness: 'police.example/witness' });
    expect(conflict.theirsSize).toBeGreaterThan(sizeAtBackup);
    expect(await bannerOf(auditor)).toContain('The ledger contradicts what was signed');
  });

  it('does not even sign where the machine still remembers the checkpoint that is gone', async () => {
    if (world === undefined) throw new Error('The copy is not running');
    await world.stopWorkers();
    const data = mkdtempSync(join(home, 'remembers-'));
    execFileSync('cp', [latestCheckpoint, join(data, 'ledger-checkpoint')]);
    const worker = await world.startWorker({ CONCORDAT_DATA: data });
    await eventually('the worker saying so', () => Promise.resolve(/not those that were signed for|fewer than the \d+ that were signed for/.test(worker.output())));
    expect(worker.output()).toContain('If the database was put back from a backup on purpose, remove the file ledger-checkpoint');
  });
});
