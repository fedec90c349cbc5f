import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../scripts/postgres/free-port.js';
import { startCluster, type Cluster } from '../../scripts/postgres/cluster.js';
import { API_FLAGS } from '../../scripts/start/programs.js';
import { newPassword, openLogins, provisionDatabase } from '../../scripts/postgres/provision.js';
import { withMigrator } from '../../src/cli/migrator.js';
import { projectFolder } from '../../src/platform/config/index.js';

/** A portal with its worker on a durable PostgreSQL of its own, and one police duty officer signed in. */
export interface RunningPortal {
  readonly baseUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
  readonly cookie: string;
  /** Starts one more API on the same database, with `flags` for Node; answers its address. */
  startApi(flags: readonly string[]): Promise<string>;
  readonly superuser: pg.Client;
  stop(): Promise<void>;
}

/** Everything the product runs as, with the settings it has in earnest: fsync on, one API, one worker, mail going out. */
export async function startPortal(more: Readonly<Record<string, string>> = {}): Promise<RunningPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  // The server's own account must be able to pass through.
  chmodSync(folder, 0o711);
  const cluster = await startCluster({ folder: join(folder, 'cluster'), logFile: join(folder, 'postgres.log') });
  const children: ChildProcess[] = [];
  const superuser = new pg.Client(cluster.superuserUrl('concordat'));
  superuser.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(end));
    await superuser.end();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await startOn({ folder, cluster, superuser, children }, more)), superuser, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

interface Ground {
  readonly folder: string;
  readonly cluster: Cluster;
  readonly superuser: pg.Client;
  /** What is started is put here at once, so that it is stopped whatever happens next. */
  readonly children: ChildProcess[];
}

async function startOn(
  { folder, cluster, superuser, children }: Ground,
  more: Readonly<Record<string, string>>,
): Promise<Pick<RunningPortal, 'baseUrl' | 'appUrl' | 'workerUrl' | 'cookie' | 'startApi'>> {
  const ownerUrl = await provisionDatabase(cluster.superuserUrl(), 'concordat', newPassword());
  await withMigrator(ownerUrl, (migrator) => migrator.up());
  const logins = await openLogins(ownerUrl, { app: newPassword(), worker: newPassword() });
  const [port, smtpPort, webPort] = [await freePort(), await freePort(), await freePort()];
  const env = {
    PORT: String(port),
    CONCORDAT_DATA: folder,
    DATABASE_APP_URL: logins.appUrl,
    DATABASE_WORKER_URL: logins.workerUrl,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    LOG_LEVEL: 'warn',
    // What is measured is reading, not being asked what for.
    PURPOSE_REQUIRED_FROM: 'none',
    ...more,
  };
  await superuser.connect();
  await finished(start('run/cli.js', { ...env, DATABASE_URL: ownerUrl }, ['seed']));
  children.push(start('sandbox/smtp/main.js', { SMTP_PORT: String(smtpPort), SMTP_WEB_PORT: String(webPort), SMTP_DATA: join(folder, 'mail') }));
  children.push(start('run/main.js', env, [], API_FLAGS), start('run/worker.js', env));
  const baseUrl = `http://localhost:${port}`;
  await untilReady(`${baseUrl}/health/ready`);
  const startApi = async (flags: readonly string[]): Promise<string> => {
    const own = await freePort();
    children.push(start('run/main.js', { ...env, PORT: String(own) }, [], [...API_FLAGS, ...flags]));
    await untilReady(`http://localhost:${own}/health/ready`);
    return `http://localhost:${own}`;
  };
  return { baseUrl, ...logins, cookie: await signIn(superuser, 'northmoor-police', 'Bench Officer', ['police-officer', 'duty-officer']), startApi };
}

function start(entry: string, env: Readonly<Record<string, string>>, args: readonly string[] = [], flags: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [...flags, join(projectFolder(), 'dist', entry), ...args], {
    cwd: projectFolder(),
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function finished(child: ChildProcess): Promise<void> {
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The demonstration borough could not be seeded: exit ${code ?? 'by signal'}.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function untilReady(url: string): Promise<void> {
  const limit = performance.now() + 60_000;
  while (performance.now() < limit) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The portal was not ready within a minute.');
}

/** The cookie of somebody new, whose session is written behind the identity provider's back: signing in is not what is measured. */
export async function signIn(superuser: pg.Client, agency: string, name: string, roles: readonly string[]): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const personId = randomUUID();
  await superuser.query(
    `INSERT INTO person (id, agency_id, idp_entity_id, name_id, display_name, initials, exhibit_initials, roles)
     SELECT $1::uuid, id, 'bench', $1::uuid::text, $3, $5, $5, $4 FROM agency WHERE code = $2`,
    [personId, agency, name, roles, name.replaceAll(/[^A-Z]/g, '')],
  );
  await superuser.query(
    `INSERT INTO session (id, token_hash, person_id, agency_id, roles, created_at, last_seen_at, absolute_expires_at)
     SELECT $1, $2, id, agency_id, roles, now(), now(), now() + interval '1 hour' FROM person WHERE id = $3`,
    [randomUUID(), createHash('sha256').update(token).digest(), personId],
  );
  return `concordat=${token}`;
}
