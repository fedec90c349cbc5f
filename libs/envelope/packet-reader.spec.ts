import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EnvelopeFault } from './envelope-fault.js';
import { nextPacket, OctetReader } from './packet-reader.js';
import { drain, fileOf, inPieces } from './sealing.fixtures.js';

/** Hands `bytes` out in pieces of these sizes, then the rest. */
async function* cutAt(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    if (at >= bytes.length) return;
    yield await Promise.resolve(bytes.subarray(at, at + size));
    at += size;
  }
  if (at < bytes.length) yield bytes.subarray(at);
}

async function packetsOf(octets: readonly number[]): Promise<{ tag: number; content: Buffer }[]> {
  const reader = new OctetReader(inPieces(Buffer.from(octets), 3));
  const found: { tag: number; content: Buffer }[] = [];
  for (let packet = await nextPacket(reader); packet; packet = await nextPacket(reader)) {
    const { bytes, fault } = await drain(packet.content);
    if (fault !== undefined) throw fault instanceof Error ? fault : new Error('unknown');
    found.push({ tag: packet.tag, content: bytes });
  }
  return found;
}

describe('octets taken out of a stream', () => {
  it('come out whole and in order, however they arrived and in whatever portions they are asked for', async () => {
    const bytes = fileOf(5_000);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 900 })), fc.array(fc.integer({ min: 1, max: 1_200 }), { minLength: 1 }), async (pieces, portions) => {
        const reader = new OctetReader(cutAt(bytes, pieces));
        const taken: Buffer[] = [];
        for (let at = 0; ; at += 1) {
          const portion = portions[at % portions.length] ?? 1;
          const part = await reader.upTo(portion);
          taken.push(Buffer.from(part));
          if (part.length < portion) break;
        }
        expect(Buffer.concat(taken).equals(bytes)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('are not copied where one piece holds them', async () => {
    const bytes = fileOf(100);
    const part = await new OctetReader(inPieces(bytes)).upTo(0);
    expect(part).toHaveLength(0);
    const reader = new OctetReader(inPieces(bytes));
    await reader.upTo(10);
    expect((await reader.upTo(20)).buffer).toBe(bytes.buffer);
  });

  it('end with a fault where more is needed than there is', async () => {
    const reader = new OctetReader(inPieces(fileOf(5)));
    await expect(reader.exactly(6)).rejects.toMatchObject({ code: 'truncated' });
    expect(await reader.some(1)).toBeUndefined();
  });
});

describe('packets (RFC 9580 section 4.2)', () => {
  it('are read with every kind of length', async () => {
    const long = Array.from({ length: 200 }, (_, at) => at & 0xff);
    expect(await packetsOf([0xcb, 2, 1, 2])).toEqual([{ tag: 11, content: Buffer.from([1, 2]) }]);
    expect(await packetsOf([0xcb, 0xc0, 8, ...long])).toEqual([{ tag: 11, content: Buffer.from(long) }]);
    expect(await packetsOf([0xcb, 0xff, 0, 0, 0, 3, 7, 8, 9])).toEqual([{ tag: 11, content: Buffer.from([7, 8, 9]) }]);
    expect(await packetsOf([0x84, 1, 5, 0x85, 0, 2, 6, 7])).toEqual([{ tag: 1, content: Buffer.from([5]) }, { tag: 1, content: Buffer.from([6, 7]) }]);
  });

  it('are joined from their parts', async () => {
    expect(await packetsOf([0xd2, 0xe1, 1, 2, 0xe0, 3, 1, 4])).toEqual([{ tag: 18, content: Buffer.from([1, 2, 3, 4]) }]);
  });

  it.each([
    ['what is no packet', [0x00], 'malformed'],
    ['text', [0x2d, 0x2d], 'malformed'],
    ['a packet of undefined length', [0x87, 1], 'unsupported'],
    ['an end within a length', [0xcb, 0xff, 0], 'truncated'],
    ['an end within a packet', [0xcb, 5, 1], 'truncated'],
    ['an end after a part that was not the last', [0xcb, 0xe0, 1], 'truncated'],
  ])('are refused: %s', async (_, octets, code) => {
    await expect(packetsOf(octets)).rejects.toMatchObject({ code });
    await expect(packetsOf(octets)).rejects.toBeInstanceOf(EnvelopeFault);
  });
});
