/**
 * The octets of a bundle's archive around its files (PKWARE APPNOTE 6.3.10). Of all the ways a zip can be written a bundle
 * has one: files stored as they are, one after the other from the first octet, each with its sizes behind it, the directory
 * right after the last, nothing else anywhere. Whoever reads one writes this again and compares, so that nothing can be
 * hidden between, behind or in two tellings of the same file.
 */
export interface ZipEntry {
  /** ASCII. */
  readonly name: string;
  readonly size: number;
  readonly crc: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** The directory as it stands at the end of an archive. */
export interface Directory {
  readonly entries: number;
  readonly offset: number;
  readonly size: number;
}

/** What does not fit into 32 bits is written as this, and beside it in 64. */
const BEYOND = 0xffff_ffff;
const MANY = 0xffff;
const LOCAL = 0x0403_4b50;
const DESCRIPTOR = 0x0807_4b50;
const CENTRAL = 0x0201_4b50;
const END64 = 0x0606_4b50;
const LOCATOR64 = 0x0706_4b50;
const END = 0x0605_4b50;
/** Bit 3: checksum and sizes stand behind the file, because they are known only when it has been read. */
const SIZES_BEHIND = 8;
/** 1 January 1980: the time in an archive proves nothing, so it says nothing. */
const NO_DATE = 0x21;
const UNIX = 0x0300;
/** A plain file that its owner may write and everybody read: neither a link nor a program. */
const PLAIN_FILE = 0o100644 * 0x1_0000;
/** Octets of the end of an archive. */
export const END_LENGTH = 22;
/** Octets of what stands before it in a large one. */
export const END64_LENGTH = 76;
/** Octets of the fixed part of a directory's entry. */
export const CENTRAL_LENGTH = 46;

/** What stands before a file of `size` octets. */
export function localHeader(name: string, size: number): Uint8Array {
  const large = size >= BEYOND;
  return new Fields(30 + name.length + (large ? 20 : 0))
    .u32(LOCAL).u16(large ? 45 : 20).u16(SIZES_BEHIND).u16(0).u16(0).u16(NO_DATE)
    .u32(0).u32(large ? BEYOND : 0).u32(large ? BEYOND : 0)
    .u16(name.length).u16(large ? 20 : 0)
    .text(name).done((extra) => extra.u16(1).u16(16).u64(0).u64(0));
}

/** What stands behind it. */
export function descriptor({ size, crc }: Pick<ZipEntry, 'size' | 'crc'>): Uint8Array {
  const large = size >= BEYOND;
  const fields = new Fields(large ? 24 : 16).u32(DESCRIPTOR).u32(crc);
  return large ? fields.u64(size).u64(size).done() : fields.u32(size).u32(size).done();
}

/** Where the next local header begins. */
export function endOf(entry: ZipEntry): number {
  return entry.offset + localHeader(entry.name, entry.size).length + entry.size + descriptor(entry).length;
}

/** The entry of the directory. */
export function centralHeader({ name, size, crc, offset }: ZipEntry): Uint8Array {
  const [large, far] = [size >= BEYOND, offset >= BEYOND];
  const extra = (large ? 16 : 0) + (far ? 8 : 0);
  const version = large || far ? 45 : 20;
  return new Fields(CENTRAL_LENGTH + name.length + (extra === 0 ? 0 : extra + 4))
    .u32(CENTRAL).u16(UNIX + version).u16(version).u16(SIZES_BEHIND).u16(0).u16(0).u16(NO_DATE)
    .u32(crc).u32(large ? BEYOND : size).u32(large ? BEYOND : size)
    .u16(name.length).u16(extra === 0 ? 0 : extra + 4).u16(0).u16(0).u16(0)
    .u32(PLAIN_FILE).u32(far ? BEYOND : offset)
    .text(name).done((fields) => {
      fields.u16(1).u16(extra);
      if (large) fields.u64(size).u64(size);
      if (far) fields.u64(offset);
    });
}

/** What ends an archive, with the 64-bit part before it where the archive is large. */
export function endOfArchive({ entries, offset, size }: Directory): Uint8Array {
  const large = isLarge({ entries, offset, size });
  const fields = new Fields((large ? END64_LENGTH : 0) + END_LENGTH);
  if (large) {
    fields.u32(END64).u64(44).u16(UNIX + 45).u16(45).u32(0).u32(0).u64(entries).u64(entries).u64(size).u64(offset)
      .u32(LOCATOR64).u32(0).u64(offset + size).u32(1);
  }
  return fields
    .u32(END).u16(0).u16(0).u16(Math.min(entries, MANY)).u16(Math.min(entries, MANY))
    .u32(Math.min(size, BEYOND)).u32(Math.min(offset, BEYOND)).u16(0).done();
}

/** Whether an archive needs the 64-bit part. */
export function isLarge({ entries, offset, size }: Directory): boolean {
  return entries >= MANY || offset >= BEYOND || size >= BEYOND;
}

/** Where the directory lies, as the last octets of a file (attacker-controlled) of `length` octets say; undefined where they do not say it. */
export function readDirectory(tail: Uint8Array, length: number): Directory | undefined {
  const view = viewOf(tail);
  const at = tail.length - END_LENGTH;
  if (at < 0 || view.getUint32(at, true) !== END) return undefined;
  const small = { entries: view.getUint16(at + 10, true), size: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) };
  const from = at - END64_LENGTH;
  const read = isLarge(small) && from >= 0 ? { entries: u64(view, from + 32), size: u64(view, from + 40), offset: u64(view, from + 48) } : small;
  const end = endOfArchive(read);
  const isWhole = read.offset + read.size + end.length === length && tail.length >= end.length;
  return isWhole && end.every((octet, index) => octet === tail[tail.length - end.length + index]) ? read : undefined;
}

/** The entry that begins at `at` of a directory (attacker-controlled), as far as it can be read; what it says is not believed. */
export function readCentral(directory: Uint8Array, at: number): { readonly entry: ZipEntry; readonly length: number; readonly method: number; readonly mode: number } | undefined {
  const view = viewOf(directory);
  if (at + CENTRAL_LENGTH > directory.length || view.getUint32(at, true) !== CENTRAL) return undefined;
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
  const length = CENTRAL_LENGTH + nameLength + extraLength + commentLength;
  if (at + length > directory.length) return undefined;
  const name = String.fromCharCode(...directory.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength));
  let [size, offset] = [view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
  let extra = at + CENTRAL_LENGTH + nameLength + 4;
  const end = extra - 4 + extraLength;
  if (size === BEYOND && extra + 16 <= end) {
    size = u64(view, extra);
    extra += 16;
  }
  if (offset === BEYOND && extra + 8 <= end) offset = u64(view, extra);
  return { entry: { name, size, crc: view.getUint32(at + 16, true), offset }, length, method: view.getUint16(at + 10, true), mode: view.getUint32(at + 38, true) >>> 16 };
}

function viewOf(octets: Uint8Array): DataView {
  return new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
}

/** Numbers no file has are as good as any other: what they lead to is compared. */
function u64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

/** Octets being written, least significant first. */
class Fields {
  private readonly octets: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(length: number) {
    this.octets = new Uint8Array(length);
    this.view = viewOf(this.octets);
  }

  u16(value: number): this {
    this.view.setUint16(this.at, value, true);
    this.at += 2;
    return this;
  }

  u32(value: number): this {
    this.view.setUint32(this.at, value, true);
    this.at += 4;
    return this;
  }

  u64(value: number): this {
    this.view.setBigUint64(this.at, BigInt(value), true);
    this.at += 8;
    return this;
  }

  text(ascii: string): this {
    for (const letter of ascii) this.octets[this.at++] = letter.charCodeAt(0);
    return this;
  }

  /** @param rest - writes what is left, where anything is */
  done(rest?: (fields: this) => void): Uint8Array {
    if (this.at < this.octets.length) rest?.(this);
    return this.octets;
  }
}
