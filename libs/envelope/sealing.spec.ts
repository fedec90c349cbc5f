import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drain, fileOf, inPieces, sealed, sha256, sourceOf } from './sealing.fixtures.js';
import { BodySealer, CHUNK_BYTES, EnvelopeFault, HEADER_BYTES, newSessionKey, openBody, rehash, resumePoint, StoredBody } from './index.js';

const SIZES = [0, 1, 5, 6, 1000, CHUNK_BYTES - 19, CHUNK_BYTES - 13, CHUNK_BYTES - 12, CHUNK_BYTES - 7, CHUNK_BYTES - 6, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES - 6, 3 * CHUNK_BYTES - 6, 1_000_003];

describe('sealing and opening a body', () => {
  it.each(SIZES)('gives back a file of %d octets and its SHA-256', async (size) => {
    const file = fileOf(size);
    const key = newSessionKey();
    const { body, facts } = sealed(file, key);
    const stored = await StoredBody.open(sourceOf(body), key);
    const opened = await drain(stored.range(0, size));
    expect(opened.fault).toBeUndefined();
    expect(opened.bytes.equals(file)).toBe(true);
    expect(facts).toEqual({ sizeBytes: size, sha256: sha256(file) });
    await stored.verify();
  });

  it('does not depend on how the file arrives', async () => {
    const file = fileOf(700_001);
    const key = newSessionKey();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400_000 }), async (step) => {
        const stored = await StoredBody.open(sourceOf(sealed(file, key, Math.max(step, 50)).body), key);
        expect((await drain(stored.range(0, file.length))).bytes.equals(file)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('opens any range, reading only the chunks it lies in', async () => {
    const file = fileOf(1_500_000);
    const key = newSessionKey();
    const { body } = sealed(file, key);
    await fc.assert(
      fc.asyncProperty(fc.nat(1_500_000), fc.nat(1_500_000), async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        let read = 0;
        const source = sourceOf(body);
        const stored = await StoredBody.open({ ...source, read: (at, length) => ((read += length), source.read(at, length)) }, key);
        const opened = await drain(stored.range(from, to));
        expect(opened.bytes.equals(file.subarray(from, to))).toBe(true);
        expect(read).toBeLessThanOrEqual(to - from + 3 * (CHUNK_BYTES + 16) + 100);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses ranges outside the file', async () => {
    const key = newSessionKey();
    const stored = await StoredBody.open(sourceOf(sealed(fileOf(10), key).body), key);
    for (const [from, to] of [[-1, 2], [5, 4], [0, 11]] as const) {
      expect((await drain(stored.range(from, to))).fault).toBeInstanceOf(RangeError);
    }
  });

  it('uses a new salt for every body, so that equal files look different', () => {
    const key = newSessionKey();
    const file = fileOf(1000);
    expect(sealed(file, key).body.equals(sealed(file, key).body)).toBe(false);
  });
});

describe('resuming an unfinished body', () => {
  const file = fileOf(2_000_003);

  async function broken(at: number): Promise<{ key: Uint8Array; left: Buffer }> {
    const key = newSessionKey();
    const left = sealed(file, key).body.subarray(0, at);
    return Promise.resolve({ key, left });
  }

  it('goes on from wherever the bytes on disk end, and the whole equals the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2_000_000), async (cut) => {
        const { key, left } = await broken(cut);
        const point = resumePoint(left.length);
        const sealer = await resumed(key, left);
        const head = point.chunks === 0 ? Buffer.alloc(0) : left.subarray(0, point.storedBytes);
        const rest = sealer.write(file.subarray(point.dataBytes));
        const end = sealer.finish();
        const body = Buffer.concat([head, ...rest, ...end.stored]);
        expect(end.facts).toEqual({ sizeBytes: file.length, sha256: sha256(file) });
        const opened = await drain(openBodyData(body, key));
        expect(opened.fault).toBeUndefined();
        const stored = await StoredBody.open(sourceOf(body), key);
        expect((await drain(stored.range(0, file.length))).bytes.equals(file)).toBe(true);
      }),
      { numRuns: 40, examples: [[0], [35], [36], [HEADER_BYTES + CHUNK_BYTES + 15], [HEADER_BYTES + CHUNK_BYTES + 16], [HEADER_BYTES + 3 * (CHUNK_BYTES + 16)]] },
    );
  });

  it('never seals two plaintexts under one nonce: a file that goes on differently is refused', async () => {
    const { key, left } = await broken(HEADER_BYTES + 2 * (CHUNK_BYTES + 16) + 5000);
    const sealer = await resumed(key, left);
    const { dataBytes } = resumePoint(left.length);
    const other = Buffer.from(file.subarray(dataBytes));
    other.writeUInt8(other.readUInt8(2000) ^ 1, 2000);
    expect(() => sealer.write(other)).toThrow(EnvelopeFault);
  });

  it('refuses to go on over stored chunks that were changed', async () => {
    const { key, left } = await broken(800_000);
    left.writeUInt8(left.readUInt8(300_000) ^ 1, 300_000);
    await expect(resumed(key, left)).rejects.toMatchObject({ code: 'not-authentic' });
  });

  async function resumed(key: Uint8Array, left: Buffer): Promise<BodySealer> {
    const point = resumePoint(left.length);
    if (point.chunks === 0) return BodySealer.begin(key);
    const hash = createHash('sha256');
    await rehash(sourceOf(left), key, point.chunks, hash);
    return BodySealer.resume(key, { header: left.subarray(0, HEADER_BYTES), chunks: point.chunks, leftover: left.subarray(point.storedBytes) }, hash);
  }
});

describe.each([
  { name: 'of one chunk', octets: 3000, corruptions: 6500, truncations: 2000 },
  { name: 'of two chunks', octets: CHUNK_BYTES + 3000, corruptions: 1000, truncations: 500 },
])('bytes of a body $name that somebody changed', ({ octets, corruptions, truncations }) => {
  const file = fileOf(octets);
  const key = newSessionKey();
  const { body } = sealed(file, key);

  it('are never released as verified, one octet anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(body);
        changed.writeUInt8(changed.readUInt8(at) ^ flip, at);
        await expectNothingFalse(changed);
      }),
      { numRuns: corruptions },
    );
  });

  it('are never released as verified, cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), async (length) => {
        await expectNothingFalse(body.subarray(0, length));
        await expect(StoredBody.open(sourceOf(body.subarray(0, length)), key)).rejects.toBeInstanceOf(EnvelopeFault);
      }),
      { numRuns: truncations },
    );
  });

  it('are refused when chunks are swapped, doubled, or followed by more', async () => {
    const three = sealed(fileOf(3 * CHUNK_BYTES), key).body;
    const stride = CHUNK_BYTES + 16;
    const [head, a, b, rest] = [three.subarray(0, 36), three.subarray(36, 36 + stride), three.subarray(36 + stride, 36 + 2 * stride), three.subarray(36 + 2 * stride)];
    for (const forged of [[head, b, a, rest], [head, a, a, b, rest], [head, a, rest], [three, Buffer.from([0])], [three, three.subarray(36)]]) {
      await expectNothingFalse(Buffer.concat(forged), fileOf(3 * CHUNK_BYTES));
    }
  });

  it('are refused under another session key', async () => {
    await expect(StoredBody.open(sourceOf(body), newSessionKey())).rejects.toMatchObject({ code: 'not-authentic' });
  });

  async function expectNothingFalse(changed: Buffer, original = file): Promise<void> {
    const streamed = await drain(openBodyData(changed, key));
    expect(streamed.fault).toBeInstanceOf(EnvelopeFault);
    const random = await drain(openWhole(changed));
    expect(random.fault).toBeInstanceOf(EnvelopeFault);
    expect(original.subarray(0, random.bytes.length).equals(random.bytes)).toBe(true);
  }

  async function* openWhole(changed: Buffer): AsyncGenerator<Uint8Array> {
    const stored = await StoredBody.open(sourceOf(changed), key);
    yield* stored.range(0, stored.dataBytes);
  }
});

/** The plaintext packets of a stored body, streamed. */
function openBodyData(body: Uint8Array, key: Uint8Array): AsyncGenerator<Uint8Array> {
  return openBody(inPieces(body), key);
}
