import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadyDatabase } from './database.js';
import type { DataFolder } from './data-folder.js';
import { StartFault } from './start-fault.js';

/** Seeds the demonstration into a database that has not had it from here; a second start does no work. */
export async function seedOnce(database: ReadyDatabase, folder: DataFolder, env: Readonly<Record<string, string>>): Promise<void> {
  const note = join(folder.path, 'seeded.txt');
  if (existsSync(note) && readFileSync(note, 'utf8').trim() === database.identity) return;
  const { code, output } = await concordat(['seed'], { ...env, DATABASE_URL: database.logins.ownerUrl });
  if (code !== 0) throw new StartFault(`The demonstration could not be seeded: ${output.trim()}`);
  writeFileSync(note, `${database.identity}\n`);
}

/** Runs the command line of this build. */
function concordat(args: readonly string[], env: Readonly<Record<string, string>>): Promise<{ code: number | null; output: string }> {
  const cli = new URL('../../run/cli.js', import.meta.url);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', fileURLToPath(cli), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const hear = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
