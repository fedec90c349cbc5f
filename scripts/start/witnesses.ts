import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ed25519PublicBytes, formatVerifierKey } from '../../libs/note/index.js';
import { AGENCIES } from '../../src/demonstration/borough.js';
import { SANDBOX_PORTS, type Config } from '../../src/platform/config/index.js';
import { newWitness } from '../../src/witness/index.js';
import { answersHttp } from './answers.js';
import type { DataFolder } from './data-folder.js';
import type { Program } from './processes.js';

/** The agencies of the made-up borough that run a witness, none of which runs the portal; two of them are enough. */
const AGENCIES_WITH_WITNESS = ['northmoor-police', 'northmoor-fire', 'public-audit'] as const;
const NEEDED = 2;

/** What the demonstration runs so that its ledger has witnesses. */
export interface DemonstrationWitnesses {
  readonly programs: readonly Program[];
  /** For the environment of the API and the worker. */
  readonly policyFile: string;
}

/** Whether this start brings witnesses of its own: a demonstration that was not told of others. */
export function bringsWitnesses(config: Config): boolean {
  return config.demo && config.witnesses.policy === undefined;
}

/** The ports the witnesses take, as offsets from PORT. */
export const WITNESS_OFFSETS: readonly number[] = AGENCIES_WITH_WITNESS.map((_, at) => SANDBOX_PORTS.firstWitness + at);

/**
 * The witnesses of the demonstration, each with a key and a memory that are made together on the first start and kept: a
 * key started on an empty memory would have forgotten what it cosigned.
 */
export async function demonstrationWitnesses(config: Config, folder: DataFolder): Promise<DemonstrationWitnesses> {
  const log = { origin: config.keys.ledgerOrigin, key: formatVerifierKey(config.keys.ledgerOrigin, ed25519PublicBytes(createPrivateKey(config.keys.ledgerSigningKey))) };
  const kept = await Promise.all(AGENCIES_WITH_WITNESS.map((code) => keptWitness(folder, code)));
  const places = kept.map((witness, at) => ({ ...witness, port: config.port + SANDBOX_PORTS.firstWitness + at }));
  const policyFile = join(folder.path, 'witness-policy.txt');
  const lines = places.map(({ code, key, port }) => `witness ${code} ${key} http://127.0.0.1:${port}`);
  const group = `group agencies ${NEEDED} ${AGENCIES_WITH_WITNESS.join(' ')}`;
  writeFileSync(policyFile, [`log ${log.key}`, ...lines, group, 'quorum agencies', ''].join('\n'));
  return { policyFile, programs: places.map((place) => programOf(place, log)) };
}

interface Kept {
  readonly code: string;
  readonly home: string;
  readonly key: string;
}

async function keptWitness(folder: DataFolder, code: string): Promise<Kept> {
  const home = join(folder.path, 'witnesses', code);
  const owner = join(home, 'memory', 'witness.vkey');
  if (!existsSync(owner)) {
    // What a start that was broken off left of it has cosigned nothing.
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true, mode: 0o700 });
    await newWitness(`${code}.example/witness`, join(home, 'key'), join(home, 'memory'));
  }
  return { code, home, key: readFileSync(owner, 'utf8').trim() };
}

function programOf({ code, home, port }: Kept & { readonly port: number }, log: { readonly origin: string; readonly key: string }): Program {
  const name = AGENCIES.find((agency) => agency.code === code)?.name ?? code;
  return {
    name: `the witness of ${name}`,
    logName: `witness-${code}`,
    module: fileURLToPath(new URL('../../src/witness/bin.js', import.meta.url)),
    args: ['--key', join(home, 'key'), '--data', join(home, 'memory'), '--port', String(port), '--log', `${log.origin}=${log.key}`],
    env: process.env['PATH'] === undefined ? {} : { PATH: process.env['PATH'] },
    isReady: () => answersHttp(`http://127.0.0.1:${port}/health`),
    // That a ledger goes on without one of its witnesses is what the demonstration shows.
    pidFileOfDispensable: join(home, 'pid'),
  };
}
