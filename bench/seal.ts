import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { appendFileSync, createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { createMessage, encrypt } from 'openpgp';
import { BodySealer, newSessionKey } from '../libs/envelope/index.js';
import { median } from './figures.js';
import type { Emit } from './run.js';
import { endPrograms, installedPrograms } from './seal-parts/programs.js';

export const describe =
  'MiB/s of hashing and sealing 1 GiB in process, and the CPU time it takes; beside openpgp.js hashing and sealing the same ' +
  'data in the same pieces and in those it likes best, beside a bare SHA-256 and AES-256-GCM in one pass, and SHA-256 alone, ' +
  'as the limits; and from a file, beside GnuPG, Sequoia and age where they are installed; medians of rounds that take turns';

const MIB = 1024 * 1024;
const TOTAL = 1024 * MIB;
/** As an upload arrives from a socket. */
const PIECE = 64 * 1024;
/** The size of 64 KiB to 1 MiB at which the peer was fastest when it was chosen. */
const PEER_PIECE = MIB;
const ROUNDS = 5;

const data = randomBytes(MIB);

/** What one way of doing it took, all rounds. */
interface Timing {
  readonly seconds: number[];
  readonly cpuSeconds: number[];
}

const WAYS: Readonly<Record<'ours' | 'peer' | 'peerAtBest' | 'bare' | 'hash', () => void | Promise<void>>> = {
  ours,
  peer: () => openpgpjs(PIECE),
  peerAtBest: () => openpgpjs(PEER_PIECE),
  bare,
  hash: hashAlone,
};

/** All take turns, so that a busy moment of the machine is not one's alone; the median of each counts. */
export async function run(emit: Emit): Promise<void> {
  const timings = { ours: timing(), peer: timing(), peerAtBest: timing(), bare: timing(), hash: timing() };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of Object.keys(WAYS) as (keyof typeof WAYS)[]) await time(timings[way], WAYS[way]);
  }
  const rate = (way: keyof typeof WAYS): number => Math.round(1024 / median(timings[way].seconds));
  const cpu = (way: keyof typeof WAYS): number => Math.round(median(timings[way].cpuSeconds) * 1000) / 1000;
  const peer = 'openpgp.js, SEIPDv2 AES-256-GCM in chunks of 256 KiB, with SHA-256 of the plaintext';
  const onePass = 'bare SHA-256 + AES-256-GCM in one pass';
  emit({ figure: 'hash and seal 1 GiB', ours: rate('ours'), peer: `${peer}, fed the same pieces of 64 KiB`, peer_value: rate('peer'), limit: onePass, limit_value: rate('bare'), unit: 'MiB/s' });
  emit({ figure: 'hash and seal 1 GiB, the peer at its best', ours: rate('ours'), peer: `${peer}, fed pieces of 1 MiB`, peer_value: rate('peerAtBest'), limit: 'SHA-256 alone', limit_value: rate('hash'), unit: 'MiB/s' });
  emit({ figure: 'CPU time to hash and seal 1 GiB', ours: cpu('ours'), peer: `${peer}, fed pieces of 1 MiB`, peer_value: cpu('peerAtBest'), limit: onePass, limit_value: cpu('bare'), unit: 's' });
  await besideInstalled(emit);
}

/** The programs people have read the file themselves, and so do we here: hashed and sealed, with nothing kept of any of them. */
async function besideInstalled(emit: Emit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-seal-'));
  try {
    const path = join(folder, 'plain');
    for (let at = 0; at < TOTAL; at += MIB) appendFileSync(path, data);
    const programs = installedPrograms(folder);
    const taken = new Map<string, Timing>([['ours', timing()], ...programs.map(({ name }) => [name, timing()] as const)]);
    const ways: readonly (readonly [string, () => Promise<void>])[] = [['ours', () => sealFile(path)], ...programs.map((program) => [program.name, () => program.seal(path)] as const)];
    for (let round = 0; round < ROUNDS; round += 1) for (const [name, way] of ways) await time(taken.get(name) ?? timing(), way);
    const rate = (name: string): number => Math.round(1024 / median(taken.get(name)?.seconds ?? []));
    for (const { name } of programs) emit({ figure: 'hash and seal a file of 1 GiB', ours: rate('ours'), peer: `${name}, which does not hash it besides`, peer_value: rate(name), limit: null, limit_value: null, unit: 'MiB/s' });
  } finally {
    endPrograms(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sealFile(path: string): Promise<void> {
  const sealer = BodySealer.begin(newSessionKey());
  for await (const piece of createReadStream(path, { highWaterMark: MIB })) sealer.write(piece as Buffer);
  sealer.finish();
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

function ours(): void {
  const sealer = BodySealer.begin(newSessionKey());
  const piece = data.subarray(0, PIECE);
  for (let at = 0; at < TOTAL; at += PIECE) sealer.write(piece);
  sealer.finish();
}

function bare(): void {
  const [hash, cipher] = [createHash('sha256'), createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12))];
  const piece = data.subarray(0, PIECE);
  for (let at = 0; at < TOTAL; at += PIECE) {
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

async function openpgpjs(pieceBytes: number): Promise<void> {
  const hash = createHash('sha256');
  const piece = data.subarray(0, pieceBytes);
  let left = TOTAL / pieceBytes;
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
