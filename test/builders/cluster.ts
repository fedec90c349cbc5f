import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { THROW_AWAY, startCluster } from '../../scripts/postgres/cluster.js';
import { addressAs, newPassword, openLogins, provisionDatabase, withClient, type Logins } from '../../scripts/postgres/provision.js';

/** A database of its own for one spec file: migrated, empty, and dropped with `drop()`. */
export interface TestDatabase extends Logins {
  readonly name: string;
  /** For the hand behind the application's back: tampering, counting, setting up what no command allows. */
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

interface SharedCluster extends Logins {
  readonly superuserUrl: string;
}

const TEMPLATE = 'concordat_template';
const START_LIMIT_MS = 90_000;

/**
 * A fresh database, copied from the migrated template of this test run in some tens of milliseconds. The first call of a run
 * starts the cluster and migrates the template; specs running in other processes wait for it.
 */
export async function createDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const cluster = await sharedCluster();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asDeployer(cluster, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const at = (url: string): string => withDatabase(url, name);
  return {
    name,
    ownerUrl: at(cluster.ownerUrl),
    appUrl: at(cluster.appUrl),
    workerUrl: at(cluster.workerUrl),
    superuserUrl: at(cluster.superuserUrl),
    drop: () => dropDatabase(cluster, name),
  };
}

/** A fresh database without any migration, for tests of the migrations themselves. Only `ownerUrl` and the superuser can use it. */
export async function createEmptyDatabase(): Promise<Omit<TestDatabase, 'appUrl' | 'workerUrl'>> {
  const cluster = await sharedCluster();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asDeployer(cluster, `CREATE DATABASE ${name} TEMPLATE template0`);
  return {
    name,
    ownerUrl: withDatabase(cluster.ownerUrl, name),
    superuserUrl: withDatabase(cluster.superuserUrl, name),
    drop: () => dropDatabase(cluster, name),
  };
}

/** By the superuser: the deployer may not end a superuser's session that has not quite gone yet. */
async function dropDatabase(cluster: SharedCluster, name: string): Promise<void> {
  const address = withDatabase(cluster.superuserUrl, 'postgres');
  await withClient(address, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

async function asDeployer(cluster: SharedCluster, statement: string): Promise<void> {
  await withClient(withDatabase(cluster.ownerUrl, 'postgres'), (client) => client.query(statement));
}

function withDatabase(url: string, database: string): string {
  const address = new URL(url);
  return addressAs(url, address.username, address.password, database);
}

async function sharedCluster(): Promise<SharedCluster> {
  const run = process.env['CONCORDAT_TEST_RUN'];
  if (run === undefined) throw new Error('No test run: start Jest with the repository\'s jest.config.js, which prepares one.');
  if (isFirst(run)) await startShared(run);
  return waitForShared(run);
}

/** Making a folder is atomic: exactly one of the processes of a run succeeds. */
function isFirst(run: string): boolean {
  try {
    mkdirSync(join(run, 'started'));
    return true;
  } catch {
    return false;
  }
}

async function startShared(run: string): Promise<void> {
  try {
    publish(run, 'cluster.json', JSON.stringify(await prepareTemplate(run)));
  } catch (fault) {
    publish(run, 'failed', fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
  }
}

async function prepareTemplate(run: string): Promise<SharedCluster> {
  const folder = join(run, 'cluster');
  const cluster = await startCluster({ folder, logFile: join(run, 'postgres.log'), settings: THROW_AWAY });
  const ownerUrl = await provisionDatabase(cluster.superuserUrl(), TEMPLATE, newPassword());
  const { withMigrator } = await import('../../src/cli/migrator.js');
  await withMigrator(ownerUrl, (migrator) => migrator.up());
  const logins = await openLogins(ownerUrl, { app: newPassword(), worker: newPassword() });
  return { ...logins, superuserUrl: cluster.superuserUrl() };
}

function publish(run: string, name: string, text: string): void {
  writeFileSync(join(run, `${name}.new`), text, { mode: 0o600 });
  renameSync(join(run, `${name}.new`), join(run, name));
}

async function waitForShared(run: string): Promise<SharedCluster> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    if (existsSync(join(run, 'cluster.json'))) return JSON.parse(readFileSync(join(run, 'cluster.json'), 'utf8')) as SharedCluster;
    if (existsSync(join(run, 'failed'))) throw new Error(`The test cluster did not start: ${readFileSync(join(run, 'failed'), 'utf8')}`);
    await pause(20);
  }
  throw new Error('The test cluster was not ready in time.');
}
