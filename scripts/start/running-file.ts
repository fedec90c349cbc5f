import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from './data-folder.js';

/** Name of the file in the data folder that lets `concordat` find a running demonstration without any option. */
const RUNNING = 'running.json';

/** Writes down, for this account only, what this start runs with; answers the function that takes it back. */
export function noteRunning(folder: DataFolder, env: Readonly<Record<string, string>>): () => void {
  const file = join(folder.path, RUNNING);
  writeFileSync(file, `${JSON.stringify(env, null, 2)}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}
