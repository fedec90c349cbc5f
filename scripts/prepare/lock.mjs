import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 180_000;

/** Runs `act` while holding `file`, so that two starts never build into the same folder at once. */
export async function withLock(file, act) {
  const limit = Date.now() + LIMIT_MS;
  while (!taken(file)) {
    if (!holderLives(file)) rmSync(file, { force: true });
    else if (Date.now() > limit) throw new Error(`Another build has held ${file} for ${LIMIT_MS / 1000} seconds; end it or remove that file.`);
    else await pause(100);
  }
  try {
    return await act();
  } finally {
    rmSync(file, { force: true });
  }
}

function taken(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (fault) {
    if (fault.code === 'EEXIST') return false;
    throw fault;
  }
}

function holderLives(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Between creation and writing the number is missing: the holder is alive and about to write it.
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault.code === 'EPERM';
  }
}
