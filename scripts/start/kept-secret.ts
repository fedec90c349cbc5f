import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPassword } from '../postgres/provision.js';

/** The secret called `name` of this installation: made on first use, kept in a file only its owner may read. */
export function keptSecret(folder: string, name: string): string {
  const file = keptSecretFile(folder, name);
  return readFileSync(file, 'utf8').trim();
}

/** The file of a kept secret, made when absent; for options given as NAME_FILE. */
export function keptSecretFile(folder: string, name: string): string {
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, `${newPassword()}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}
