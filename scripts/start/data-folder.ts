import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { serverUser, type SystemUser } from '../postgres/system-user.js';
import { StartFault, codeOf } from './start-fault.js';

/** Marks a folder as ours: nothing is ever deleted from a folder without it. */
const MARK = 'concordat-data.txt';

/** Where everything of one installation is kept. */
export interface DataFolder {
  readonly path: string;
  readonly logs: string;
  readonly secrets: string;
  /** Folder of the embedded PostgreSQL. Elsewhere than `path` when the server's account could not reach it there. */
  readonly postgres: string;
}

/**
 * Makes the folder of this installation, or opens it.
 *
 * @throws StartFault when this account may not write there, or the folder holds somebody else's files.
 */
export function openDataFolder(path: string): DataFolder {
  try {
    if (!isOurs(path) && existsSync(path) && readdirSync(path).length > 0) {
      throw new StartFault(`${path} holds files that are not Concordat's; set CONCORDAT_DATA to an empty or new folder.`);
    }
    mkdirSync(path, { recursive: true, mode: 0o711 });
    writeFileSync(join(path, MARK), 'Everything Concordat keeps outside its database. `npm start -- --reset` empties it.\n');
    const logs = privateFolder(path, 'logs');
    const secrets = privateFolder(path, 'secrets');
    return { path, logs, secrets, postgres: postgresFolder(path) };
  } catch (fault) {
    throw writable(fault, path);
  }
}

/**
 * Removes everything this installation keeps, the embedded database included.
 *
 * @throws StartFault when it may not.
 */
export function resetDataFolder(path: string): void {
  if (!isOurs(path)) return;
  try {
    rmSync(postgresFolder(path), { recursive: true, force: true });
    for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true });
  } catch (fault) {
    throw writable(fault, path);
  }
}

function isOurs(path: string): boolean {
  return existsSync(join(path, MARK));
}

function privateFolder(path: string, name: string): string {
  const folder = join(path, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Decided once and kept: moving a database because somebody changed a folder's mode would look like losing it. */
function postgresFolder(path: string): string {
  const note = join(path, 'postgres-folder.txt');
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  const inside = join(path, 'postgres');
  const user = serverUser();
  const folder = user === undefined || isReachable(path, user) ? inside : outsideFolder(path);
  writeFileSync(note, `${folder}\n`);
  return folder;
}

/** Whether `user` may walk through `path` and every folder above it. */
function isReachable(path: string, user: SystemUser): boolean {
  const { mode, uid, gid } = statSync(path);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  return path === parse(path).root || isReachable(dirname(path), user);
}

/** Under the system's state folder, else its temporary one; named after the data folder so that two checkouts do not meet. */
function outsideFolder(path: string): string {
  const name = `concordat-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
  for (const parent of ['/var/lib', tmpdir()]) {
    const folder = join(parent, name);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o711 });
      // Another account could have put a folder or a link of this name into a temporary folder first.
      const found = lstatSync(folder);
      if (!found.isDirectory() || found.uid !== process.getuid?.()) continue;
      chmodSync(folder, 0o711);
      return folder;
    } catch {
      continue;
    }
  }
  throw new StartFault('No folder could be made for the embedded PostgreSQL; set CONCORDAT_DATA to a folder every account may enter.');
}

function writable(fault: unknown, path: string): unknown {
  const denied = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(codeOf(fault));
  return denied ? new StartFault(`This account may not write to ${path}; set CONCORDAT_DATA to a folder it owns.`) : fault;
}
