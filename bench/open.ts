import { randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { decrypt, decryptKey, readMessage, readPrivateKey } from 'openpgp';
import { BodySealer, messageOf, newKeyPair, newSessionKey, OpenedKey, openMessage, outsideMessage, sessionKeyPacket, StoredBody } from '../libs/envelope/index.js';
import { median } from './figures.js';
import type { Emit } from './run.js';
import { endPrograms, installedPrograms, type Program, type Way } from './seal-parts/programs.js';

export const describe =
  'MiB/s of opening a sealed file of 1 GiB (CONCORDAT_BENCH_MIB) in process, every chunk authenticated; beside openpgp.js opening the same message ' +
  'and, where they are installed, GnuPG and Sequoia opening their copies for older programs and age a file of its own; medians of rounds that take turns';

const MIB = 1024 * 1024;
const TOTAL_MIB = Number(process.env['CONCORDAT_BENCH_MIB'] ?? 1024);
const ROUNDS = 3;
const PASSPHRASE = 'bench';
const AT = new Date(Date.now() - 60_000);
const data = randomBytes(MIB);

export async function run(emit: Emit): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-bench-open-'));
  try {
    const pair = await newKeyPair({ name: 'Bench', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version: 4 });
    const sessionKey = newSessionKey();
    const [body, sealed] = [join(folder, 'body'), join(folder, 'sealed.pgp')];
    const bytes = await seal(body, sessionKey);
    await write(sealed, messageOf([await sessionKeyPacket(sessionKey, pair, new Date())], createReadStream(body), bytes));
    const ours = await OpenedKey.unlock(pair.lockedKey, PASSPHRASE);
    const decryptionKeys = await decryptKey({ privateKey: await readPrivateKey({ binaryKey: pair.lockedKey }), passphrase: PASSPHRASE });
    const outside = await waysOf(installedPrograms(folder), folder, { path: body, sessionKey });
    const ways: Readonly<Record<string, Way>> = {
      ours: () => drained(openMessage(createReadStream(sealed, { highWaterMark: MIB }), (packets) => ours.sessionKey(packets))),
      openpgpjs: async () => {
        const message = await readMessage({ binaryMessage: ReadableStream.from(createReadStream(sealed, { highWaterMark: MIB })) });
        const read: { readonly data: unknown } = await decrypt({ message, decryptionKeys, format: 'binary' });
        await drained(read.data as AsyncIterable<unknown>);
      },
      ...outside,
    };
    const taken: Record<string, number[]> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, way] of Object.entries(ways)) (taken[name] ??= []).push(await seconds(way));
    }
    const rate = (name: string): number => Math.round(TOTAL_MIB / median(taken[name] ?? []));
    const figure = `open ${TOTAL_MIB} MiB`;
    emit({ figure, ours: rate('ours'), peer: 'openpgp.js, the same message', peer_value: rate('openpgpjs'), limit: null, limit_value: null, unit: 'MiB/s' });
    for (const name of Object.keys(outside)) emit({ figure, ours: rate('ours'), peer: name, peer_value: rate(name), limit: null, limit_value: null, unit: 'MiB/s' });
  } finally {
    endPrograms(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a sealed body and answers how long it is. */
async function seal(path: string, sessionKey: Uint8Array): Promise<number> {
  const file = await open(path, 'w');
  const sealer = BodySealer.begin(sessionKey);
  for (let at = 0; at < TOTAL_MIB; at += 1) await writeAll(file, sealer.write(data));
  await writeAll(file, sealer.finish().stored);
  const { size } = await file.stat();
  await file.close();
  return size;
}

async function write(path: string, octets: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'w');
  for await (const piece of octets) await file.write(piece);
  await file.close();
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  await file.writev([...pieces]);
}

/**
 * What each installed program opens: for OpenPGP our copy for older programs, for age a file of the same octets that it sealed itself.
 */
async function waysOf(programs: readonly Program[], folder: string, body: { readonly path: string; readonly sessionKey: Uint8Array }): Promise<Readonly<Record<string, Way>>> {
  const plain = join(folder, 'plain');
  const ways: Record<string, Way> = {};
  for (const program of programs) {
    const copy = join(folder, `${program.name}.sealed`);
    if (program.publicKey === undefined) {
      await writePlain(plain);
      await program.sealTo(plain, copy);
    } else await writeCopy(copy, body, program.publicKey);
    ways[program.name] = () => program.open(copy);
  }
  return ways;
}

async function writePlain(path: string): Promise<void> {
  const file = await open(path, 'w');
  for (let at = 0; at < TOTAL_MIB; at += 1) await file.write(data);
  await file.close();
}

async function writeCopy(copy: string, { path, sessionKey }: { readonly path: string; readonly sessionKey: Uint8Array }, publicKey: Uint8Array): Promise<void> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const source = { sizeBytes: size, read: async (at: number, length: number) => (await file.read(Buffer.alloc(length), 0, length, at)).buffer };
  await write(copy, await outsideMessage((await StoredBody.open(source, sessionKey)).packets(), { publicKey }, new Date()));
  await file.close();
}

async function drained(stream: AsyncIterable<unknown>): Promise<void> {
  const pieces = stream[Symbol.asyncIterator]();
  while ((await pieces.next()).done !== true);
}

async function seconds(way: Way): Promise<number> {
  const begun = performance.now();
  await way();
  return (performance.now() - begun) / 1000;
}
