import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { decrypt, decryptKey, readMessage, readPrivateKey } from 'openpgp';
import { BodySealer, messageOf, newKeyPair, newSessionKey, OpenedKey, openMessage, outsideMessage, sessionKeyPacket, StoredBody } from '../libs/envelope/index.js';
import { median } from './figures.js';
import type { Emit } from './run.js';

export const describe =
  'MiB/s of opening a sealed file of 1 GiB (CONCORDAT_BENCH_MIB) in process, every chunk authenticated; beside openpgp.js opening the same message ' +
  'and, where it is installed, GnuPG opening its copy for older programs; medians of rounds that take turns';

const MIB = 1024 * 1024;
const TOTAL_MIB = Number(process.env['CONCORDAT_BENCH_MIB'] ?? 1024);
const ROUNDS = 3;
const PASSPHRASE = 'bench';
const AT = new Date(Date.now() - 60_000);
const data = randomBytes(MIB);

type Way = () => Promise<void>;

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
    const gpg = await gpgWay(folder, body, sessionKey);
    const ways: Readonly<Record<string, Way>> = {
      ours: () => drained(openMessage(createReadStream(sealed, { highWaterMark: MIB }), (packets) => ours.sessionKey(packets))),
      openpgpjs: async () => {
        const message = await readMessage({ binaryMessage: ReadableStream.from(createReadStream(sealed, { highWaterMark: MIB })) });
        const read: { readonly data: unknown } = await decrypt({ message, decryptionKeys, format: 'binary' });
        await drained(read.data as AsyncIterable<unknown>);
      },
      ...(gpg && { gpg }),
    };
    const taken: Record<string, number[]> = {};
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, way] of Object.entries(ways)) (taken[name] ??= []).push(await seconds(way));
    }
    const rate = (name: string): number => Math.round(TOTAL_MIB / median(taken[name] ?? []));
    const figure = `open ${TOTAL_MIB} MiB`;
    emit({ figure, ours: rate('ours'), peer: 'openpgp.js, the same message', peer_value: rate('openpgpjs'), limit: null, limit_value: null, unit: 'MiB/s' });
    if (gpg) emit({ figure, ours: rate('ours'), peer: 'GnuPG, the copy for older programs', peer_value: rate('gpg'), limit: null, limit_value: null, unit: 'MiB/s' });
  } finally {
    spawnSync('gpgconf', ['--homedir', join(folder, 'gnupg'), '--kill', 'all']);
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

/** GnuPG with a key of its own making; undefined where it is not installed. */
async function gpgWay(folder: string, bodyPath: string, sessionKey: Uint8Array): Promise<Way | undefined> {
  const home = join(folder, 'gnupg');
  const gpg = (args: readonly string[]): Buffer => spawnSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args]).stdout;
  if (spawnSync('gpg', ['--version']).status !== 0) return undefined;
  spawnSync('mkdir', ['-m', '700', home]);
  gpg(['--passphrase', '', '--quick-generate-key', 'Bench', 'future-default', 'default', 'never']);
  const publicKey = gpg(['--export', 'Bench']);
  const file = await open(bodyPath, 'r');
  const { size } = await file.stat();
  const source = { sizeBytes: size, read: async (at: number, length: number) => (await file.read(Buffer.alloc(length), 0, length, at)).buffer };
  const copy = join(folder, 'copy.pgp');
  await write(copy, await outsideMessage((await StoredBody.open(source, sessionKey)).packets(), { publicKey }, new Date()));
  await file.close();
  return async () => {
    const child = spawn('gpg', ['--homedir', home, '--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '', '--decrypt', copy], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit') as Promise<[number]>;
    await drained(child.stdout);
    const [code] = await gone;
    if (code !== 0) throw new Error('GnuPG did not open its copy.');
  };
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
