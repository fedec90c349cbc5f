import { join } from 'node:path';
import { ConfigError, SANDBOX_PORTS, loadConfigWithoutDatabase, type Config } from '../src/platform/config/index.js';
import { openDataFolder, resetDataFolder, type DataFolder } from './start/data-folder.js';
import { provideDatabase, type ReadyDatabase } from './start/database.js';
import { claim } from './start/only-one.js';
import { peopleTable } from './start/people-table.js';
import { checkPorts } from './start/ports.js';
import { Processes, type Program } from './start/processes.js';
import { LEASH, productEnvironment, productPrograms, sandboxPrograms } from './start/programs.js';
import { noteRunning } from './start/running-file.js';
import { seedOnce } from './start/seed.js';
import { StartFault } from './start/start-fault.js';
import { stopSignal } from './start/stop-signals.js';
import { bringsAuthority, demonstrationAuthority } from './start/timestamp-authority.js';
import { bringsWitnesses, demonstrationWitnesses } from './start/witnesses.js';

/** Both fit, with the database's own stopping, into the five seconds Ctrl-C may take. */
const PROCESSES_STOP_MS = 2000;

/** Starts everything on one machine: database, sandbox, portal and worker; stops it all when asked or when a part fails. */
async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((argument) => argument !== '--reset');
  if (unknown !== undefined) throw new StartFault(`There is no option ${unknown}; the only one is --reset, which begins anew.`);
  const config = loadConfigWithoutDatabase(process.env);
  const stopped = stopSignal();
  const folder = prepareFolder(config, args.includes('--reset'));
  const release = claim(folder.path);
  try {
    await checkPorts(config);
    return await withDatabase(config, folder, (database) => serve(config, folder, database, stopped));
  } finally {
    release();
  }
}

function prepareFolder(config: Config, reset: boolean): DataFolder {
  const folder = openDataFolder(config.dataFolder);
  if (!reset) return folder;
  if (config.database.ownerUrl !== undefined) {
    throw new StartFault('--reset only begins the embedded database anew; drop and create the database of DATABASE_URL yourself.');
  }
  claim(folder.path)();
  resetDataFolder(folder.path);
  return openDataFolder(config.dataFolder);
}

async function withDatabase(config: Config, folder: DataFolder, act: (database: ReadyDatabase) => Promise<number>): Promise<number> {
  if (config.database.ownerUrl === undefined && folder.postgres !== join(folder.path, 'postgres')) {
    say(`The embedded database is kept in ${folder.postgres}, because its account may not enter ${folder.path}.`);
  }
  const database = await provideDatabase(config, folder);
  try {
    return await act(database);
  } finally {
    await database.stop();
  }
}

async function serve(config: Config, folder: DataFolder, database: ReadyDatabase, stopped: Promise<string>): Promise<number> {
  const witnesses = bringsWitnesses(config) ? await demonstrationWitnesses(config, folder) : undefined;
  const authority = bringsAuthority(config) ? demonstrationAuthority(config, folder) : undefined;
  const env = {
    ...productEnvironment(process.env, config, folder, database.logins),
    ...(witnesses === undefined ? {} : { LEDGER_WITNESS_POLICY_FILE: witnesses.policyFile }),
    ...authority?.env,
  };
  const forget = noteRunning(folder, { ...env, DATABASE_URL: database.logins.ownerUrl });
  const processes = new Processes(folder.logs, LEASH, say);
  try {
    const failed = Promise.race([processes.failed, database.failed]).then((sentence) => ({ sentence }));
    const ended = Promise.race([stopped.then(() => ({ sentence: undefined })), failed]);
    const started = startAll(config, folder, database, processes, env, [...(witnesses?.programs ?? []), ...(authority === undefined ? [] : [authority.program])]).then(() => undefined);
    const early = await Promise.race([ended, started]);
    if (early === undefined) say(greeting(config, folder));
    const { sentence } = early ?? (await ended);
    if (sentence === undefined) return 0;
    process.stderr.write(`${sentence}\n`);
    return 1;
  } finally {
    await processes.stop(PROCESSES_STOP_MS);
    forget();
  }
}

async function startAll(
  config: Config,
  folder: DataFolder,
  database: ReadyDatabase,
  processes: Processes,
  env: Readonly<Record<string, string>>,
  strangers: readonly Program[],
): Promise<void> {
  const beside = [...(config.demo ? sandboxPrograms(config, folder) : []), ...strangers].map((program) => processes.start(program));
  const seeded = config.demo ? seedOnce(database, folder, env) : Promise.resolve();
  const { api, worker } = productPrograms(config, env);
  const product = seeded.then(() => Promise.all([processes.start(api), processes.start(worker)]));
  await Promise.all([...beside, product]);
}

function greeting(config: Config, folder: DataFolder): string {
  const lines = [`Concordat is ready at ${config.baseUrl}`, ''];
  if (config.demo) {
    lines.push('Demonstration people (choose the agency, then sign in at its own identity provider):', '', peopleTable(), '');
    lines.push(`E-mail it sends can be read at http://localhost:${config.port + SANDBOX_PORTS.mailbox}`);
    if (bringsWitnesses(config)) lines.push('Three agencies witness the ledger; the README says how to stop one and what the auditor then sees.');
  }
  lines.push(`Data and logs are in ${folder.path}. Press Ctrl-C to stop.`);
  return lines.join('\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  const expected = fault instanceof StartFault || fault instanceof ConfigError;
  process.stderr.write(`${expected ? fault.message : (fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))}\n`);
  process.exitCode = 1;
}
process.exit();
