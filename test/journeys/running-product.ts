import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFree } from '../../scripts/postgres/free-port.js';
import { startChild, type Child } from '../builders/child.js';

const SANDBOX_OFFSETS = [0, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24];

/** What `npm start` runs, on ports and in a folder of its own. */
export interface RunningProduct {
  readonly baseUrl: string;
  readonly mailboxUrl: string;
  readonly dataFolder: string;
  /** Everything it printed: the address and the table of people. */
  greeting(): string;
  /** Address of its database as the superuser of the embedded cluster: the hand behind the application's back. */
  superuserUrl(): string;
  stop(): Promise<void>;
}

/** Starts the product the way `npm start` does, and waits until it says that it is ready. */
export async function startProduct(): Promise<RunningProduct> {
  const port = await freeBlock();
  const dataFolder = join(mkdtempSync(join(tmpdir(), 'concordat-journey-')), 'data');
  const env = { PORT: String(port), CONCORDAT_DATA: dataFolder, RATE_LIMIT_PER_MINUTE: '100000', LOG_LEVEL: 'warn', PURPOSE_REQUIRED_FROM: 'none' };
  const child: Child = await startChild('scripts/start.js', env, 'Press Ctrl-C to stop.');
  return {
    baseUrl: `http://localhost:${port}`,
    mailboxUrl: `http://localhost:${port + 21}`,
    dataFolder,
    greeting: () => child.output(),
    superuserUrl: () => superuserUrl(dataFolder),
    stop: () => child.stop(),
  };
}

async function freeBlock(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 28_000);
    const free = await Promise.all(SANDBOX_OFFSETS.map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('No block of free ports was found.');
}

function superuserUrl(dataFolder: string): string {
  const folder = readFileSync(join(dataFolder, 'postgres-folder.txt'), 'utf8').trim();
  const password = readFileSync(join(folder, 'superuser-password'), 'utf8').trim();
  const port = readFileSync(join(folder, 'port'), 'utf8').trim();
  return `postgres://postgres:${password}@127.0.0.1:${port}/concordat`;
}
