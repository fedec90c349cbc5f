import { createHash } from 'node:crypto';
import { BodySealer, type BodySource, type SealedFacts } from './index.js';

/** Octets that repeat nowhere soon, from a seed. */
export function fileOf(length: number, seed = 7): Buffer {
  const file = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    file[at] = state >>> 24;
  }
  return file;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Seals `file` handed over in pieces of `step` octets. */
export function sealed(file: Uint8Array, sessionKey: Uint8Array, step = 65_536): { readonly body: Buffer; readonly facts: SealedFacts } {
  const sealer = BodySealer.begin(sessionKey);
  const stored: Uint8Array[] = [];
  for (let at = 0; at < file.length; at += step) stored.push(...sealer.write(file.subarray(at, at + step)));
  const end = sealer.finish();
  return { body: Buffer.concat([...stored, ...end.stored]), facts: end.facts };
}

export function sourceOf(body: Uint8Array): BodySource {
  return { sizeBytes: body.length, read: (offset, length) => Promise.resolve(body.subarray(offset, offset + length)) };
}

/** Everything a stream yields before it ends or throws, and what it threw. */
export async function drain(stream: AsyncIterable<Uint8Array>): Promise<{ readonly bytes: Buffer; readonly fault: unknown }> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of stream) pieces.push(piece);
  } catch (fault) {
    return { bytes: Buffer.concat(pieces), fault };
  }
  return { bytes: Buffer.concat(pieces), fault: undefined };
}

/** `bytes` as they would arrive from a socket: in pieces of `step` octets. */
export async function* inPieces(bytes: Uint8Array, step = 100_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) yield await Promise.resolve(bytes.subarray(at, at + step));
}
