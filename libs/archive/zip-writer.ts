import { crc32 } from 'node:zlib';
import { centralHeader, descriptor, endOf, endOfArchive, localHeader, type ZipEntry } from './zip-layout.js';

/** Writes the archive of a bundle as a stream: no file is held, and nothing is written twice. */
export class ZipWriter {
  private readonly entries: ZipEntry[] = [];
  private offset = 0;

  /**
   * The octets that put one file into the archive.
   *
   * @param name - ASCII; checked by whoever names files
   * @throws RangeError when `octets` are not `size` in number: the header says how many there are before they are read
   */
  async *file(name: string, size: number, octets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    yield localHeader(name, size);
    let [crc, read] = [0, 0];
    for await (const piece of octets) {
      crc = crc32(piece, crc);
      read += piece.length;
      if (read > size) break;
      yield piece;
    }
    if (read !== size) throw new RangeError('A file has another size than was announced');
    const entry = { name, size, crc, offset: this.offset };
    yield descriptor(entry);
    this.entries.push(entry);
    this.offset = endOf(entry);
  }

  /** The octets that end the archive. */
  *end(): Generator<Uint8Array> {
    let size = 0;
    for (const entry of this.entries) {
      const header = centralHeader(entry);
      size += header.length;
      yield header;
    }
    yield endOfArchive({ entries: this.entries.length, offset: this.offset, size });
  }
}
