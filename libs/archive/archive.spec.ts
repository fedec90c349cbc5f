import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { centralHeader, descriptor, endOf, endOfArchive, localHeader, octetsOf, openArchive, ZipWriter, type RandomAccess, type ZipEntry } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'concordat-archive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inMemory = (octets: Uint8Array): RandomAccess => ({ size: octets.length, read: (offset, length) => Promise.resolve(octets.subarray(offset, offset + length)) });

async function archived(files: readonly (readonly [name: string, content: Uint8Array])[]): Promise<Buffer> {
  const writer = new ZipWriter();
  const pieces: Uint8Array[] = [];
  for (const [name, content] of files) for await (const piece of writer.file(name, content.length, [content])) pieces.push(piece);
  return Buffer.concat([...pieces, ...writer.end()]);
}

async function read(file: RandomAccess, entry: ZipEntry): Promise<{ readonly content: Buffer; readonly faults: readonly string[] }> {
  const [pieces, faults]: [Uint8Array[], string[]] = [[], []];
  for await (const piece of octetsOf(file, entry, ({ code }) => faults.push(code))) pieces.push(piece);
  return { content: Buffer.concat(pieces), faults };
}

async function drained(octets: AsyncIterable<Uint8Array>): Promise<void> {
  let read = 0;
  for await (const piece of octets) read += piece.length;
  expect(read).toBeLessThan(0);
}

/** Five thousand million octets of nothing, with what stands around them: never held. */
function enormous(sizes: readonly number[]): RandomAccess {
  const parts: (readonly [offset: number, octets: Uint8Array])[] = [];
  const entries: ZipEntry[] = [];
  let offset = 0;
  for (const [at, size] of sizes.entries()) {
    const entry = { name: `x/${at}`, size, crc: 0, offset };
    const behind = descriptor(entry);
    parts.push([offset, localHeader(entry.name, size)], [endOf(entry) - behind.length, behind]);
    entries.push(entry);
    offset = endOf(entry);
  }
  const headers = Buffer.concat(entries.map((entry) => centralHeader(entry)));
  const tail = Buffer.concat([headers, endOfArchive({ entries: entries.length, offset, size: headers.length })]);
  parts.push([offset, tail]);
  return {
    size: offset + tail.length,
    read: (from, length) => {
      const octets = Buffer.alloc(length);
      for (const [at, part] of parts) if (at < from + length && at + part.length > from) octets.set(part.subarray(Math.max(0, from - at), from + length - at), Math.max(0, at - from));
      return Promise.resolve(octets);
    },
  };
}

describe('an archive', () => {
  it('gives back every file as it was put in, in its order', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 5 }), async (contents) => {
      const file = inMemory(await archived(contents.map((content, at) => [`x/${at}`, content] as const)));
      const { entries, faults } = await openArchive(file);
      expect([entries.map(({ name }) => name), faults]).toEqual([contents.map((_, at) => `x/${at}`), []]);
      for (const [at, entry] of entries.entries()) expect(await read(file, entry)).toEqual({ content: Buffer.from(contents[at] ?? []), faults: [] });
    }), { numRuns: 30 });
  });

  it('is one that other programs read', async () => {
    const path = join(folder, 'a.zip');
    writeFileSync(path, await archived([['x/a.txt', Buffer.from('one')], ['x/b/c.txt', Buffer.alloc(100_000, 'two')]]));
    const readers = [['unzip', ['-t', path]], ['python3', ['-m', 'zipfile', '-t', path]], ['bsdtar', ['-tf', path]]] as const;
    const codes = readers.map(([program, words]) => spawnSync(program, words, { encoding: 'utf8' })).filter(({ error }) => error === undefined).map(({ status }) => status);
    expect(codes.filter((code) => code !== 0)).toEqual([]);
  });

  it('holds files and offsets beyond four gigabytes, in 64 bits where it must and nowhere else', async () => {
    const file = enormous([5_000_000_000, 10, 0xffff_fffe]);
    const { entries, faults } = await openArchive(file);
    expect([entries.map(({ size }) => size), faults]).toEqual([[5_000_000_000, 10, 0xffff_fffe], []]);
    expect([localHeader('x', 10).length, localHeader('x', 5_000_000_000).length, descriptor({ size: 10, crc: 0 }).length, descriptor({ size: 5_000_000_000, crc: 0 }).length]).toEqual([31, 51, 16, 24]);
    expect((await read(file, entries[1] as ZipEntry)).faults).toEqual(['checksum']);
  });

  it('is not written with a file that is longer or shorter than was said', async () => {
    for (const size of [2, 4]) await expect(drained(new ZipWriter().file('x/a', size, [Buffer.from('abc')]))).rejects.toThrow('another size');
  });

  it('is read to its end and no further where it was cut', async () => {
    const octets = await archived([['x/a', Buffer.from('abc')]]);
    const [entry] = (await openArchive(inMemory(octets))).entries;
    expect((await read(inMemory(octets.subarray(0, 34)), entry as ZipEntry)).faults).toEqual(['cut-short']);
  });

  it('is nothing where it is not one, whatever its octets', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
      const { entries, faults } = await openArchive(inMemory(octets));
      expect([entries, faults.map(({ code }) => code)]).toEqual([[], ['not-an-archive']]);
    }));
  });
});
