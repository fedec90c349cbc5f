import { join } from 'node:path';
import type { Config } from '../../src/platform/config/index.js';
import { withMigrator } from '../../src/cli/migrator.js';
import { startCluster } from '../postgres/cluster.js';
import { openLogins, provisionDatabase, withClient, type Logins } from '../postgres/provision.js';
import type { DataFolder } from './data-folder.js';
import { keptSecret } from './kept-secret.js';
import { StartFault, codeOf } from './start-fault.js';

/** A migrated database the product can connect to. */
export interface ReadyDatabase {
  readonly logins: Logins;
  /** Names of this database, stable for its life: tells whether the demonstration was seeded into it. */
  readonly identity: string;
  /** Resolves with a sentence when the embedded server ends by itself; never for a database we do not run. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
}

/** The database of this start: the embedded one, or the one DATABASE_URL names; migrated either way. */
export async function provideDatabase(config: Config, folder: DataFolder): Promise<ReadyDatabase> {
  if (config.database.ownerUrl === undefined) return embedded(folder);
  const logins = await migrated(config.database.ownerUrl, config, folder);
  return { logins, identity: await identityOf(logins.ownerUrl), failed: new Promise(() => undefined), stop: () => Promise.resolve() };
}

async function embedded(folder: DataFolder): Promise<ReadyDatabase> {
  const cluster = await startCluster({ folder: folder.postgres, logFile: join(folder.logs, 'postgres.log') });
  try {
    const ownerUrl = await provisionDatabase(cluster.superuserUrl(), 'concordat', keptSecret(folder.secrets, 'database-owner'));
    const logins = await migrated(ownerUrl, undefined, folder);
    return { logins, identity: await identityOf(ownerUrl), failed: cluster.failed, stop: () => cluster.stop() };
  } catch (fault) {
    await cluster.stop();
    throw fault;
  }
}

/** Whoever gave both login addresses looks after those passwords; otherwise they are made here and kept. */
async function migrated(ownerUrl: string, config: Config | undefined, folder: DataFolder): Promise<Logins> {
  await reachable(ownerUrl);
  await withMigrator(ownerUrl, (migrator) => migrator.up());
  if (config !== undefined && config.database.appUrl !== '' && config.database.workerUrl !== '') {
    return { ownerUrl, appUrl: config.database.appUrl, workerUrl: config.database.workerUrl };
  }
  return openLogins(ownerUrl, { app: keptSecret(folder.secrets, 'database-app'), worker: keptSecret(folder.secrets, 'database-worker') });
}

async function reachable(url: string): Promise<void> {
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
  } catch (fault) {
    const { host, pathname } = new URL(url);
    throw new StartFault(`The database ${pathname.slice(1)} at ${host} cannot be reached (${reason(fault)}); check DATABASE_URL and that the server runs.`);
  }
}

function reason(fault: unknown): string {
  const code = codeOf(fault);
  const known: Record<string, string> = { ECONNREFUSED: 'nobody answers there', ENOTFOUND: 'no such host', '28P01': 'wrong user or password', '3D000': 'no such database' };
  return known[code] ?? (fault instanceof Error && fault.message !== '' ? fault.message : code);
}

async function identityOf(url: string): Promise<string> {
  const { rows } = await withClient(url, (client) => client.query<{ oid: string }>('SELECT oid FROM pg_database WHERE datname = current_database()'));
  const { host, pathname } = new URL(url);
  return `${host}${pathname}#${rows[0]?.oid ?? ''}`;
}
