import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { createMessage, encrypt } from 'openpgp';
import { BodySealer, newSessionKey } from '../libs/envelope/index.js';
import type { Json } from '../libs/kernel/index.js';
import type { Emit } from './run.js';

export const describe =
  'MiB/s of hashing and sealing 1 GiB in process, and the CPU time it takes; beside openpgp.js hashing and sealing the same ' +
  'data, and beside a bare SHA-256 and AES-256-GCM in one pass as the limit; medians of rounds that take turns';

const MIB = 1024 * 1024;
const TOTAL = 1024 * MIB;
/** As an upload arrives from a socket. */
const PIECE = 64 * 1024;
/** The sizes of 64 KiB to 1 MiB at which the peer and the bare loop were fastest when they were chosen. */
const PEER_PIECE = MIB;
const BARE_PIECE = 64 * 1024;
const ROUNDS = 5;

const data = randomBytes(MIB);

/** What one way of doing it took, all rounds. */
interface Timing {
  readonly seconds: number[];
  readonly cpuSeconds: number[];
}

/** All take turns, so that a busy moment of the machine is not one's alone; the median of each counts. */
export async function run(emit: Emit): Promise<void> {
  const [sealing, library, limit, hashing] = [timing(), timing(), timing(), timing()];
  for (let round = 0; round < ROUNDS; round += 1) {
    await time(sealing, ours);
    await time(library, openpgpjs);
    await time(limit, bare);
    await time(hashing, hashAlone);
  }
  const names = { peer: 'openpgp.js, SEIPDv2 AES-256-GCM in chunks of 256 KiB, with SHA-256 of the plaintext', limit: 'bare SHA-256 + AES-256-GCM in one pass' };
  const rates = [sealing, library, limit, hashing].map(({ seconds }) => Math.round(1024 / median(seconds)));
  const cpu = [sealing, library, limit, hashing].map(({ cpuSeconds }) => Math.round(median(cpuSeconds) * 1000) / 1000);
  emit({ figure: 'hash and seal 1 GiB', ...row(names, rates), unit: 'MiB/s' });
  emit({ figure: 'CPU time to hash and seal 1 GiB', ...row(names, cpu), unit: 's' });
}

/** SHA-256 alone stands beside them: no arrangement of the sealing passes it while one hash covers the whole file. */
function row(names: { readonly peer: string; readonly limit: string }, [ours = 0, peer = 0, limit = 0, hash = 0]: readonly number[]): Record<string, Json> {
  return { ours, peer: names.peer, peer_value: peer, limit: names.limit, limit_value: limit, sha256_alone: hash };
}

function timing(): Timing {
  return { seconds: [], cpuSeconds: [] };
}

async function time(into: Timing, act: () => void | Promise<void>): Promise<void> {
  const [begun, cpuBegun] = [performance.now(), process.cpuUsage()];
  await act();
  const { user, system } = process.cpuUsage(cpuBegun);
  into.seconds.push((performance.now() - begun) / 1000);
  into.cpuSeconds.push((user + system) / 1_000_000);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function ours(): void {
  const sealer = BodySealer.begin(newSessionKey());
  const piece = data.subarray(0, PIECE);
  for (let at = 0; at < TOTAL; at += PIECE) sealer.write(piece);
  sealer.finish();
}

function bare(): void {
  const [hash, cipher] = [createHash('sha256'), createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12))];
  const piece = data.subarray(0, BARE_PIECE);
  for (let at = 0; at < TOTAL; at += BARE_PIECE) {
    hash.update(piece);
    cipher.update(piece);
  }
  hash.digest();
  cipher.final();
  cipher.getAuthTag();
}

function hashAlone(): void {
  const hash = createHash('sha256');
  for (let at = 0; at < TOTAL; at += MIB) hash.update(data);
  hash.digest();
}

async function openpgpjs(): Promise<void> {
  const hash = createHash('sha256');
  let left = TOTAL / PEER_PIECE;
  const binary = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left === 0) {
        controller.close();
        return;
      }
      left -= 1;
      hash.update(data);
      controller.enqueue(data);
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
