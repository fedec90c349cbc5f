import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFree } from '../scripts/postgres/free-port.js';
import { projectFolder } from '../src/platform/config/index.js';
import { median } from './figures.js';
import type { Emit } from './run.js';

export const describe = 'seconds from `npm start` (installed, built, data present) to ready, beside `npm run` of a program that does nothing';

const ROUNDS = 5;

interface Started {
  readonly child: ChildProcess;
  readonly seconds: number;
}

/** A first start to make the data, then five starts over it, each stopped as Ctrl-C does; and what npm itself costs. */
export async function run(emit: Emit): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  const env = { ...process.env, PORT: String(await portWithRoom()), CONCORDAT_DATA: join(data, 'data') };
  try {
    const first = await startAndStop(env);
    const seconds: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      seconds.push(await startAndStop(env));
      bare.push(await bareNpm());
    }
    const peer = { peer: 'npm running a program that does nothing, twice', peer_value: median(bare), unit: 's' };
    emit({ figure: 'npm start to ready, no data', ours: first, ...peer, limit: 'as the issue asks', limit_value: 120 });
    emit({ figure: 'npm start to ready, data present, median', ours: median(seconds), ...peer, limit: 'as the issue asks', limit_value: 5 });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function startAndStop(env: NodeJS.ProcessEnv): Promise<number> {
  const { child, seconds } = await start(env);
  const gone = once(child, 'exit');
  // Ctrl-C goes to the whole group of the terminal, npm and the launcher alike.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await gone;
  return seconds;
}

function start(env: NodeJS.ProcessEnv): Promise<Started> {
  const began = performance.now();
  const child = spawn('npm', ['start'], { cwd: projectFolder(), env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Concordat is ready')) resolve({ child, seconds: secondsSince(began) });
    });
    child.once('exit', () => reject(new Error(`npm start ended before it was ready: ${output}`)));
  });
}

async function bareNpm(): Promise<number> {
  const began = performance.now();
  for (let time = 0; time < 2; time += 1) await once(spawn('npm', ['exec', '--offline', '--call', 'true'], { cwd: projectFolder(), stdio: 'ignore' }), 'exit');
  return secondsSince(began);
}

/** Below the ports the system gives away by itself, so that nobody is given one of the neighbours the demonstration needs. */
async function portWithRoom(): Promise<number> {
  const port = randomInt(12_000, 30_000);
  return (await isFree(port)) && (await isFree(port + 24)) ? port : portWithRoom();
}

function secondsSince(began: number): number {
  return Math.round(performance.now() - began) / 1000;
}
