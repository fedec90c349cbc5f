import { createHash } from 'node:crypto';
import { octetsOf, openArchive, printable, type ArchiveFault, type RandomAccess, type ZipEntry } from '../../archive/index.js';
import { HELD, isHeld, isSafePath, type BagFile } from '../../bundle/index.js';

/** Everything in a bundle as it was read: nothing of it is believed. */
export interface BundleRead {
  /** Every file under the folder of the bag, with the hashes of what is there. */
  readonly files: ReadonlyMap<string, BagFile>;
  /** The content of those that are not hashed only. */
  readonly held: ReadonlyMap<string, Uint8Array>;
  readonly faults: readonly BundleFault[];
  /** Whether everything could be read, so that it is worth to say what is missing. */
  readonly isWhole: boolean;
}

/** Something wrong with the file as a file. */
export interface BundleFault {
  readonly code: ArchiveFault['code'] | 'unsafe-name' | 'folder' | 'too-long';
  readonly message: string;
}

/** Faults after which nothing more is read: sizes that do not add up are how a small file is made to be read for ever. */
const FATAL: ReadonlySet<string> = new Set(['not-an-archive', 'too-large', 'gap']);

/** Reads a bundle (attacker-controlled) once, from its first octet to its last. */
export async function readBundle(file: RandomAccess, progress: (octets: number) => void): Promise<BundleRead> {
  const { entries, faults: found } = await openArchive(file);
  const faults: BundleFault[] = [...found, ...namesOf(entries)];
  const files = new Map<string, BagFile>();
  const held = new Map<string, Uint8Array>();
  if (found.some(({ code }) => FATAL.has(code))) return { files, held, faults, isWhole: false };
  const room = { left: HELD.all };
  for (const entry of entries) {
    const path = entry.name.slice(entry.name.indexOf('/') + 1);
    const read = await readFile(file, entry, { path, faults, room, progress });
    files.set(path, read.file);
    if (read.content !== undefined) held.set(path, read.content);
  }
  return { files, held, faults, isWhole: true };
}

/** All in one folder, and by names that mean the same everywhere. */
function namesOf(entries: readonly ZipEntry[]): readonly BundleFault[] {
  const folder = entries[0]?.name.split('/')[0] ?? '';
  return entries.flatMap(({ name }): readonly BundleFault[] => {
    if (!isSafePath(name)) return [{ code: 'unsafe-name', message: `${printable(name)}: no file of a bundle has such a name. Do not unpack it` }];
    return name.startsWith(`${folder}/`) ? [] : [{ code: 'folder', message: `${printable(name)}: the file is not in the folder of the others` }];
  });
}

interface Reading {
  readonly path: string;
  readonly faults: BundleFault[];
  readonly room: { left: number };
  readonly progress: (octets: number) => void;
}

async function readFile(file: RandomAccess, entry: ZipEntry, { path, faults, room, progress }: Reading): Promise<{ readonly file: BagFile; readonly content: Uint8Array | undefined }> {
  const hashes = { sha256: createHash('sha256'), sha512: createHash('sha512') };
  const holds = isHeld(path) && entry.size <= HELD.oneFile && entry.size <= room.left;
  if (isHeld(path) && !holds) faults.push({ code: 'too-long', message: `${printable(entry.name)}: the file is longer than such a file can be` });
  const content = holds ? new Uint8Array(entry.size) : undefined;
  if (holds) room.left -= entry.size;
  let size = 0;
  for await (const piece of octetsOf(file, entry, (fault) => faults.push(fault))) {
    hashes.sha256.update(piece);
    hashes.sha512.update(piece);
    content?.set(piece, size);
    size += piece.length;
    progress(piece.length);
  }
  return { file: { path, size, sha256: hashes.sha256.digest('hex'), sha512: hashes.sha512.digest('hex') }, content };
}
