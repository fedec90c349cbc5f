import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault, codeOf } from './start-fault.js';

/**
 * Claims a data folder for this launcher. Answers the function that gives it back.
 *
 * @throws StartFault when another launcher works in it.
 */
export function claim(folder: string): () => void {
  const file = join(folder, 'launcher.pid');
  if (!create(file)) {
    const holder = Number(readFileSync(file, 'utf8'));
    if (isLauncher(holder)) {
      throw new StartFault(`Concordat is already running from ${folder} (process ${holder}); stop that one first, or set CONCORDAT_DATA and PORT to start another.`);
    }
    rmSync(file, { force: true });
    if (!create(file)) throw new StartFault(`Another start of Concordat is under way in ${folder}.`);
  }
  return () => rmSync(file, { force: true });
}

function create(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (fault) {
    if (codeOf(fault) === 'EEXIST') return false;
    if (codeOf(fault) === 'EACCES') throw new StartFault(`This account may not write to ${file}; set CONCORDAT_DATA to a folder it owns.`);
    throw fault;
  }
}

/** After a power cut the number may belong to any program: where the system tells, only a launcher counts. */
function isLauncher(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (fault) {
    return codeOf(fault) === 'EPERM';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.js');
  } catch {
    return true;
  }
}
