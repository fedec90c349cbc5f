import { crc32 } from 'node:zlib';
import { centralHeader, descriptor, END64_LENGTH, END_LENGTH, endOf, localHeader, readCentral, readDirectory, type ZipEntry } from './zip-layout.js';

/** A file of any size, read where it is asked for. */
export interface RandomAccess {
  readonly size: number;
  /** Fewer octets than asked for only where the file ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Something about an archive that is not as a bundle's is. */
export interface ArchiveFault {
  readonly code: 'not-an-archive' | 'too-large' | 'directory' | 'compressed' | 'link' | 'duplicate' | 'gap' | 'local-header' | 'cut-short' | 'checksum';
  readonly message: string;
}

/** The files of an archive in their order, and what is wrong with how they are listed. */
export interface Archive {
  readonly entries: readonly ZipEntry[];
  readonly faults: readonly ArchiveFault[];
}

/** Files a bundle may have. */
const MOST_ENTRIES = 50_000;
/** Octets of a directory that is read; a longer one is no bundle's. */
const LARGEST_DIRECTORY = 16_777_216;
/** Octets read at once. */
const PIECE = 1_048_576;
const LINK = 0o120000;
const FILE_KIND = 0o170000;

/**
 * Reads the directory of an archive (attacker-controlled, as long as whoever made it liked). Files are listed as far as they could
 * be read, each fault beside them: an archive without one is, to the octet, what `ZipWriter` writes around these files.
 */
export async function openArchive(file: RandomAccess): Promise<Archive> {
  const tailLength = Math.min(file.size, END_LENGTH + END64_LENGTH);
  const directory = readDirectory(await file.read(file.size - tailLength, tailLength), file.size);
  if (directory === undefined) {
    return nothing('not-an-archive', 'This is not a whole bundle: it does not end as one does, so something was cut off, put behind it, or it is another kind of file');
  }
  if (directory.entries > MOST_ENTRIES || directory.size > LARGEST_DIRECTORY) return nothing('too-large', 'The archive lists more files than a bundle may have');
  const { entries, faults } = readEntries(await file.read(directory.offset, directory.size), directory.entries);
  return { entries, faults: [...faults, ...repeated(entries), ...gaps(entries, directory.offset)] };
}

/**
 * The octets of one file as they are stored.
 *
 * @param found - is told of what does not hold around them: a local header that tells another story, a wrong checksum, an end too soon
 */
export async function* octetsOf(file: RandomAccess, entry: ZipEntry, found: (fault: ArchiveFault) => void): AsyncGenerator<Uint8Array> {
  const { name, offset, size } = entry;
  const header = localHeader(name, size);
  if (!same(await file.read(offset, header.length), header)) {
    found({ code: 'local-header', message: `${printable(name)}: what stands before the file is not what the directory says of it` });
  }
  let [crc, read] = [0, 0];
  while (read < size) {
    const piece = await file.read(offset + header.length + read, Math.min(PIECE, size - read));
    if (piece.length === 0) {
      found({ code: 'cut-short', message: `${printable(name)}: the archive ends in the middle of the file` });
      return;
    }
    crc = crc32(piece, crc);
    read += piece.length;
    yield piece;
  }
  if (crc !== entry.crc) found({ code: 'checksum', message: `${printable(name)}: the file does not have the checksum (CRC-32) that the directory says` });
  const behind = descriptor(entry);
  if (!same(await file.read(offset + header.length + size, behind.length), behind)) {
    found({ code: 'local-header', message: `${printable(name)}: what stands behind the file is not what the directory says of it` });
  }
}

function readEntries(directory: Uint8Array, count: number): Archive {
  const entries: ZipEntry[] = [];
  const faults: ArchiveFault[] = [];
  let at = 0;
  while (at < directory.length && entries.length < MOST_ENTRIES) {
    const read = readCentral(directory, at);
    if (read === undefined) break;
    const stored = directory.subarray(at, at + read.length);
    const fault = same(stored, centralHeader(read.entry)) ? undefined : described(read);
    if (fault !== undefined) faults.push(fault);
    entries.push(read.entry);
    at += read.length;
  }
  if (at !== directory.length || entries.length !== count) faults.push({ code: 'directory', message: 'The directory of the archive does not list as many files as it says' });
  return { entries, faults };
}

function described({ entry, method, mode }: NonNullable<ReturnType<typeof readCentral>>): ArchiveFault {
  const name = printable(entry.name);
  if (method !== 0) return { code: 'compressed', message: `${name}: the file is compressed, which no file of a bundle is` };
  if ((mode & FILE_KIND) === LINK) return { code: 'link', message: `${name}: this is a link and not a file` };
  return { code: 'directory', message: `${name}: the directory describes the file in another way than that of a bundle` };
}

/** Names that one system would unpack over each other. */
function repeated(entries: readonly ZipEntry[]): readonly ArchiveFault[] {
  const seen = new Set<string>();
  return entries.flatMap(({ name }): readonly ArchiveFault[] => {
    const plain = name.toLowerCase();
    if (seen.has(plain)) return [{ code: 'duplicate', message: `${printable(name)}: there are two files of this name` }];
    seen.add(plain);
    return [];
  });
}

/** Octets that belong to no file are read by nobody, or by somebody else. */
function gaps(entries: readonly ZipEntry[], directory: number): readonly ArchiveFault[] {
  let end = 0;
  for (const entry of entries) {
    if (entry.offset !== end) return [{ code: 'gap', message: `${printable(entry.name)}: the file does not begin where the one before it ends` }];
    end = endOf(entry);
  }
  return end === directory ? [] : [{ code: 'gap', message: 'There is something between the last file and the directory of the archive' }];
}

function nothing(code: ArchiveFault['code'], message: string): Archive {
  return { entries: [], faults: [{ code, message }] };
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((octet, at) => octet === other[at]);
}

/** A name as it is shown: what is no plain letter could make the line say something else. */
export function printable(name: string): string {
  const shown = name.replaceAll(/[^\x20-\x7e]/g, '?');
  return shown.length <= 200 ? shown : `${shown.slice(0, 200)}...`;
}
