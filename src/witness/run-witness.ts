import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stat } from 'node:fs/promises';
import type { Cosigner } from '../../libs/note/index.js';
import { claimFolder } from './folder-lock.js';
import { httpDoor } from './http-door.js';
import { journal, type Tell } from './journal.js';
import { makeKeyFile, readKeyFile } from './key-file.js';
import { MemoryFolder, assertEmptyFolder, makeMemoryFolder } from './memory-folder.js';
import type { WitnessOptions } from './options.js';
import { Witness } from './witness.js';
import { WitnessFault, codeOf } from './witness-fault.js';

/** What is under way when a witness is asked to stop is answered within this, then cut off. */
const STOP_LIMIT_MS = 4_000;

/**
 * Makes a witness: its key in `keyFile`, and its memory in `folder`, which must be empty. Answers the public key.
 *
 * @throws WitnessFault when either cannot be made.
 */
export async function newWitness(name: string, keyFile: string, folder: string): Promise<string> {
  await assertEmptyFolder(folder);
  const { verifierKey } = await makeKeyFile(keyFile, name);
  await makeMemoryFolder(folder, verifierKey);
  return verifierKey;
}

/**
 * Runs a witness until SIGINT or SIGTERM. Its log goes to `write`, one JSON object per line, the first when it answers.
 *
 * @throws WitnessFault when it cannot start.
 */
export async function runWitness(options: WitnessOptions, write: (line: string) => void): Promise<void> {
  const now = (): Date => new Date();
  const tell = journal(write, now);
  const cosigner = await readKeyFile(options.keyFile);
  await assertFolder(options.folder);
  const release = await claimFolder(options.folder);
  try {
    const server = httpDoor(await openWitness(options, cosigner, now), tell);
    const port = await listen(server, options);
    const logs = options.logs.map(({ origin }) => origin);
    tell('info', 'started', { host: options.host, port, key: cosigner.verifierKey, logs });
    tell('info', 'stopping', { signal: await stopSignal() });
    await stop(server, tell);
  } finally {
    release();
  }
}

async function openWitness({ folder, logs }: WitnessOptions, cosigner: Cosigner, now: () => Date): Promise<Witness> {
  const memory = new MemoryFolder(folder);
  await memory.assertOwner(cosigner.verifierKey);
  return Witness.open(cosigner, logs, memory, now);
}

async function assertFolder(folder: string): Promise<void> {
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (fault) {
    throw new WitnessFault(`The folder ${folder} cannot be opened (${codeOf(fault) ?? 'unknown fault'}); new-key makes it.`);
  }
  throw new WitnessFault(`${folder} is no folder; new-key makes one.`);
}

async function listen(server: Server, { host, port }: WitnessOptions): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (fault) {
    throw new WitnessFault(`The witness cannot listen on ${host}:${port} (${codeOf(fault) ?? 'unknown fault'}); choose another --port or --host.`);
  }
  return (server.address() as AddressInfo).port;
}

async function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}

async function stop(server: Server, tell: Tell): Promise<void> {
  const closed = once(server, 'close');
  const limit = setTimeout(() => server.closeAllConnections(), STOP_LIMIT_MS);
  server.close();
  server.closeIdleConnections();
  await closed;
  clearTimeout(limit);
  tell('info', 'stopped');
}
