import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findBinaries } from './binaries.js';
import { freePort } from './free-port.js';
import { serverUser, type SystemUser } from './system-user.js';

/** The superuser of every embedded cluster. The product itself never connects as it. */
const SUPERUSER = 'postgres';
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 2_200;

/** Settings for a cluster whose data nobody will miss: no waiting for the disk. */
export const THROW_AWAY: readonly string[] = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];

export interface ClusterOptions {
  /** Folder for everything of this cluster. The server's account must be able to enter it and its parents. */
  readonly folder: string;
  /** Where the server writes its log. */
  readonly logFile: string;
  /** Extra `name=value` settings. */
  readonly settings?: readonly string[];
}

/** A running PostgreSQL on a loopback port. */
export interface Cluster {
  readonly port: number;
  readonly pid: number;
  /** Address of a database of this cluster, as the superuser. */
  superuserUrl(database?: string): string;
  /** Resolves with a sentence when the server ends without having been asked to. */
  readonly failed: Promise<string>;
  /** Ends every connection and the server; resolves when the server is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the cluster kept in `folder`, making it first when there is none. A server that an earlier, killed launcher left
 * behind in the same folder is stopped first.
 *
 * @throws Error with one plain sentence when PostgreSQL cannot be made or started.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const user = serverUser();
  mkdirSync(options.folder, { recursive: true, mode: 0o711 });
  const binaries = findBinaries(user, options.folder);
  const password = passwordOf(options.folder);
  if (!existsSync(join(options.folder, 'data', 'PG_VERSION'))) initialise(binaries.initdb, options.folder, password, user);
  await stopLeftover(options.folder);
  const port = await keptPort(options.folder);
  const log = openSync(options.logFile, 'a', 0o600);
  // A group of its own: Ctrl-C in the terminal must reach the launcher only, so that the database goes last.
  const server = spawn(binaries.postgres, serverArguments(options, port), {
    ...user,
    cwd: join(options.folder, 'data'),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  // Nobody is kept alive by watching the server; whoever needs it holds its own reasons to run.
  server.unref();
  await ready(server, options);
  return running(server, port, password);
}

function serverArguments(options: ClusterOptions, port: number): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    // Loopback only: a socket folder would need a path both short and writable by the server's account.
    'unix_socket_directories=',
    'max_connections=200',
    // A search of all years locks every month of the ledger with each of its indexes.
    'max_locks_per_transaction=256',
    'log_timezone=UTC',
    'timezone=UTC',
    ...(options.settings ?? []),
  ];
  return ['-D', join(options.folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
}

function passwordOf(folder: string): string {
  const file = join(folder, 'superuser-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

function initialise(initdb: string, folder: string, password: string, user: SystemUser | undefined): void {
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password-for-initdb');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  const made = spawnSync(
    initdb,
    ['-D', data, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-sync',
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--text-search-config=english'],
    { ...user, cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'], TZ: 'UTC' } },
  );
  rmSync(passwordFile, { force: true });
  if (made.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not make its data folder at ${data}: ${lastLine(made.stderr)}`);
}

async function keptPort(folder: string): Promise<number> {
  const file = join(folder, 'port');
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  const port = await freePort(kept !== undefined && Number.isInteger(kept) ? kept : undefined);
  writeFileSync(file, `${port}\n`);
  return port;
}

/** Lines of postmaster.pid: process id, data folder, start time, port, socket folder, address, shared memory, status. */
function postmaster(folder: string): { pid: number; status: string } | undefined {
  try {
    const lines = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

async function stopLeftover(folder: string): Promise<void> {
  const pid = postmaster(folder)?.pid;
  if (pid === undefined || !isPostgres(pid)) return;
  process.kill(pid, 'SIGINT');
  await gone(() => isPostgres(pid), STOP_LIMIT_MS);
}

/** After a restart of the machine the number may belong to anybody: only a process whose command says postgres is ours. */
function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}

async function ready(server: ChildProcess, options: ClusterOptions): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  let launchFault: string | undefined;
  server.once('error', (fault) => (launchFault = fault.message));
  while (Date.now() < limit) {
    const state = postmaster(options.folder);
    if (state?.pid === server.pid && state?.status === 'ready') return;
    if (launchFault !== undefined || server.exitCode !== null) break;
    await pause(10);
  }
  server.kill('SIGKILL');
  const log = existsSync(options.logFile) ? lastLine(readFileSync(options.logFile, 'utf8')) : '';
  throw new Error(`PostgreSQL did not start: ${launchFault ?? log}. Its log is ${options.logFile}.`);
}

function running(server: ChildProcess, port: number, password: string): Cluster {
  let asked = false;
  const isAlive = () => server.exitCode === null && server.signalCode === null;
  const failed = new Promise<string>((resolve) => {
    server.once('exit', (code, signal) => {
      if (!asked) resolve(`PostgreSQL ended by itself (${signal ?? `exit code ${String(code)}`}).`);
    });
  });
  return {
    port,
    pid: server.pid ?? 0,
    failed,
    superuserUrl: (database = 'postgres') => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`,
    async stop() {
      asked = true;
      if (isAlive()) server.kill('SIGINT');
      await gone(isAlive, STOP_LIMIT_MS);
      if (isAlive()) server.kill('SIGQUIT');
      await gone(isAlive, STOP_LIMIT_MS);
    },
  };
}

async function gone(isAlive: () => boolean, limitMs: number): Promise<void> {
  const limit = Date.now() + limitMs;
  while (isAlive() && Date.now() < limit) await pause(10);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
