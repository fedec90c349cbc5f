// Started beside the test run. Its standard input closes when the run ends, however it ends: orderly, by Ctrl-C or killed.
// Then it stops the run's PostgreSQL cluster and removes its folder, so that no run leaves a server or data behind.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const STOP_LIMIT_MS = 5000;
const folder = process.argv[2];
const pidFile = join(folder, 'cluster', 'data', 'postmaster.pid');

process.on('SIGINT', () => undefined);
process.stdin.resume();
process.stdin.on('end', () => void sweep());

async function sweep() {
  if (existsSync(pidFile)) await stop(Number(readFileSync(pidFile, 'utf8').split('\n')[0]));
  rmSync(folder, { recursive: true, force: true });
}

async function stop(pid) {
  const limit = Date.now() + STOP_LIMIT_MS;
  signal(pid, 'SIGINT');
  while (existsSync(pidFile) && Date.now() < limit) await pause(20);
  if (existsSync(pidFile)) signal(pid, 'SIGKILL');
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}
