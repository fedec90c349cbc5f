import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drain, fileOf, inPieces, sealed } from './sealing.fixtures.js';
import { CHUNK_BYTES, messageOf, newSessionKey, openBody, openMessage } from './index.js';

const STRIDE = CHUNK_BYTES + 16;

/** A message without session-key packets, for whoever has the session key. */
async function messageWith(body: Buffer, before: readonly number[] = [], after: readonly number[] = []): Promise<Buffer> {
  const pieces: Uint8Array[] = [Buffer.from(before)];
  for await (const piece of messageOf([], inPieces(body), body.length)) pieces.push(piece);
  return Buffer.concat([...pieces, Buffer.from(after)]);
}

describe('a message opened as a stream', () => {
  it.each([0, 1, CHUNK_BYTES - 12, CHUNK_BYTES - 11, CHUNK_BYTES, 2 * CHUNK_BYTES - 13])('gives a file of %d octets, in whatever pieces it comes', async (size) => {
    const file = fileOf(size);
    const key = newSessionKey();
    const message = await messageWith(sealed(file, key).body);
    for (const step of [STRIDE - 1, STRIDE, STRIDE + 1, 1_000_003, 4_099]) {
      const { bytes, fault } = await drain(openMessage(inPieces(message, step), () => Promise.resolve(key)));
      expect([fault, bytes.equals(file)]).toEqual([undefined, true]);
    }
  });

  it('yields nothing of a chunk that does not hold, and all before it', async () => {
    const key = newSessionKey();
    const { body } = sealed(fileOf(3 * CHUNK_BYTES), key);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 36, max: body.length - 17 }), async (at) => {
        const changed = Buffer.from(body);
        changed.writeUInt8(changed.readUInt8(at) ^ 0x40, at);
        const { bytes, fault } = await drain(openBody(inPieces(changed), key));
        expect(fault).toMatchObject({ code: 'not-authentic' });
        expect(bytes.length).toBe(Math.floor((at - 36) / STRIDE) * CHUNK_BYTES);
      }),
      { numRuns: 25 },
    );
  });

  it('skips padding and markers before the body, and refuses anything that follows it', async () => {
    const file = fileOf(50);
    const key = newSessionKey();
    const { body } = sealed(file, key);
    const padded = await messageWith(body, [0xca, 3, 0x50, 0x47, 0x50, 0xd5, 2, 1, 2]);
    expect((await drain(openMessage(inPieces(padded), () => Promise.resolve(key)))).bytes.equals(file)).toBe(true);
    const followed = await messageWith(body, [], [0xcb, 1, 1]);
    expect((await drain(openMessage(inPieces(followed), () => Promise.resolve(key)))).fault).toMatchObject({ code: 'malformed' });
  });

  it.each([
    ['a packet of another type before the body', [0xc2, 1, 1], 'unsupported'],
    ['more before the body than any honest message has', [0xd5, 0xff, 0x7f, 0, 0, 0, ...Array.from({ length: 1_100_000 }, () => 0)], 'malformed'],
  ])('refuses %s', async (_, before, code) => {
    const key = newSessionKey();
    const message = await messageWith(sealed(fileOf(10), key).body, before);
    expect((await drain(openMessage(inPieces(message), () => Promise.resolve(key)))).fault).toMatchObject({ code });
  });

  it('refuses a message without a body', async () => {
    expect((await drain(openMessage(inPieces(Buffer.from([0xca, 3, 0x50, 0x47, 0x50])), () => Promise.resolve(newSessionKey())))).fault).toMatchObject({ code: 'truncated' });
  });
});
