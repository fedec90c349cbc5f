import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { createMessage, encrypt } from 'openpgp';
import { BodySealer, newSessionKey } from '../libs/envelope/index.js';
import type { Emit } from './run.js';

export const describe =
  'MiB/s of hashing and sealing 1 GiB in process; beside openpgp.js hashing and sealing the same data, and beside a bare ' +
  'SHA-256 and AES-256-GCM in one pass as the limit';

const MIB = 1024 * 1024;
const TOTAL_MIB = 1024;
/** As an upload arrives from a socket. */
const PIECE = 64 * 1024;
const PIECES = (TOTAL_MIB * MIB) / PIECE;
/** As a bare loop would be fed at its best. */
const CHUNK = 256 * 1024;
const ROUNDS = 5;

const data = randomBytes(CHUNK);
const piece = data.subarray(0, PIECE);

/** The three take turns, so that a busy moment of the machine is not one's alone; the best round of each counts. */
export async function run(emit: Emit): Promise<void> {
  const best = { ours: 0, limit: 0, peer: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    best.ours = Math.max(best.ours, await rate(ours));
    best.limit = Math.max(best.limit, await rate(bare));
    if (round < 2) best.peer = Math.max(best.peer, await rate(openpgpjs));
  }
  emit({
    figure: 'hash and seal 1 GiB',
    ours: best.ours,
    peer: 'openpgp.js, SEIPDv2 AES-256-GCM, with SHA-256 of the plaintext',
    peer_value: best.peer,
    limit: 'bare SHA-256 + AES-256-GCM in one pass',
    limit_value: best.limit,
    unit: 'MiB/s',
  });
}

async function rate(act: () => void | Promise<void>): Promise<number> {
  const begun = performance.now();
  await act();
  return Math.round(TOTAL_MIB / ((performance.now() - begun) / 1000));
}

function ours(): void {
  const sealer = BodySealer.begin(newSessionKey());
  for (let at = 0; at < PIECES; at += 1) sealer.write(piece);
  sealer.finish();
}

function bare(): void {
  const [hash, cipher] = [createHash('sha256'), createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12))];
  for (let at = 0; at < (TOTAL_MIB * MIB) / CHUNK; at += 1) {
    hash.update(data);
    cipher.update(data);
  }
  hash.digest();
  cipher.final();
  cipher.getAuthTag();
}

async function openpgpjs(): Promise<void> {
  const hash = createHash('sha256');
  let left = PIECES;
  const binary = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left === 0) {
        controller.close();
        return;
      }
      left -= 1;
      hash.update(piece);
      controller.enqueue(piece);
    },
  });
  const sealed = await encrypt({
    message: await createMessage({ binary: binary as never, format: 'binary' }),
    sessionKey: { data: newSessionKey(), algorithm: 'aes256', aeadAlgorithm: 'gcm' } as never,
    passwords: 'not measured',
    format: 'binary',
    config: { aeadProtect: true, aeadChunkSizeByte: 12 },
  });
  await drained(sealed);
  hash.digest();
}

async function drained(stream: AsyncIterable<unknown>): Promise<void> {
  const pieces = stream[Symbol.asyncIterator]();
  while ((await pieces.next()).done !== true);
}
