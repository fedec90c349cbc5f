import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as openpgp from 'openpgp';
import { fileOf, sealed, sha256, sourceOf } from './sealing.fixtures.js';
import { CHUNK_BYTES, newKeyPair, newSessionKey, outsideMessage, StoredBody } from './index.js';

const AT = new Date('2026-03-01T09:00:00Z');
const SIZES = [1, 5000, CHUNK_BYTES - 12, CHUNK_BYTES * 3 + 17];

/** Programs of others that read only SEIPDv1. Each is used where it is installed, and where it is not its tests say so by name. */
const HAS_GPG = spawnSync('gpg', ['--version']).status === 0;
const HAS_SQOP = spawnSync('sqop', ['version']).status === 0;

async function exported(file: Buffer, publicKey: Uint8Array): Promise<Buffer> {
  const key = newSessionKey();
  const body = await StoredBody.open(sourceOf(sealed(file, key).body), key);
  const pieces: Uint8Array[] = [];
  for await (const piece of await outsideMessage(body.packets(), { publicKey }, AT)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a copy for programs that do not read SEIPDv2', () => {
  it.each(SIZES)('opens with openpgp.js as SEIPDv1, %d octets', async (size) => {
    const pair = await newKeyPair({ name: 'Police', passphrase: 'p', at: AT, lifeSeconds: 0, version: 4 });
    const file = fileOf(size);
    const message = await openpgp.readMessage({ binaryMessage: await exported(file, pair.publicKey) });
    const sealedPacket = message.packets.findPacket(openpgp.enums.packet.symEncryptedIntegrityProtectedData) as unknown as { readonly version: number };
    expect(sealedPacket.version).toBe(1);
    const decryptionKeys = await openpgp.decryptKey({ privateKey: await openpgp.readPrivateKey({ binaryKey: pair.lockedKey }), passphrase: 'p' });
    const read = (await openpgp.decrypt({ message, decryptionKeys, format: 'binary' })) as unknown as { readonly data: Uint8Array };
    expect(sha256(read.data)).toBe(sha256(file));
  });

  it('takes a fresh session key each time, so that it tells nothing of the stored one', async () => {
    const pair = await newKeyPair({ name: 'Police', passphrase: 'p', at: AT, lifeSeconds: 0, version: 4 });
    const key = newSessionKey();
    const file = fileOf(2000);
    const body = await StoredBody.open(sourceOf(sealed(file, key).body), key);
    const copies = await Promise.all([1, 2].map(async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of await outsideMessage(body.packets(), pair, AT)) pieces.push(piece);
      return Buffer.concat(pieces);
    }));
    expect(copies[0]?.equals(copies[1] ?? Buffer.alloc(0))).toBe(false);
  });

  it('is not made for a key that has expired, and nothing of it is yielded', async () => {
    const pair = await newKeyPair({ name: 'Old', passphrase: 'p', at: new Date(AT.getTime() - 120_000), lifeSeconds: 60, version: 4 });
    await expect(exported(fileOf(10), pair.publicKey)).rejects.toMatchObject({ code: 'unusable-key' });
  });

  it('is not made of a body that was changed in the middle', async () => {
    const pair = await newKeyPair({ name: 'Police', passphrase: 'p', at: AT, lifeSeconds: 0, version: 4 });
    const key = newSessionKey();
    const { body } = sealed(fileOf(3 * CHUNK_BYTES), key);
    body.writeUInt8(body.readUInt8(CHUNK_BYTES + 400) ^ 1, CHUNK_BYTES + 400);
    const stored = await StoredBody.open(sourceOf(body), key);
    const copy = await outsideMessage(stored.packets(), pair, AT);
    await expect((async () => { while ((await copy.next()).done !== true); })()).rejects.toMatchObject({ code: 'not-authentic' });
  });
});

(HAS_GPG ? describe : describe.skip)('GnuPG', () => {
  let home = '';
  const gpg = (args: readonly string[]): Buffer => execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'concordat-gpg-'));
    chmodSync(home, 0o700);
  });
  afterAll(() => {
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
  });

  it.each(['future-default', 'rsa3072'])('opens it with a key of its own making, %s', async (kind) => {
    const name = `Exhibits ${kind}`;
    gpg(['--passphrase', '', '--quick-generate-key', name, kind, ...(kind === 'rsa3072' ? ['encr,sign'] : ['default']), 'never']);
    const publicKey = gpg(['--export', name]);
    for (const size of SIZES) {
      const file = fileOf(size);
      const sealedPath = join(home, 'copy.pgp');
      const key = newSessionKey();
      const body = await StoredBody.open(sourceOf(sealed(file, key).body), key);
      const pieces: Uint8Array[] = [];
      for await (const piece of await outsideMessage(body.packets(), { publicKey }, new Date())) pieces.push(piece);
      writeFileSync(sealedPath, Buffer.concat(pieces));
      expect(sha256(gpg(['--pinentry-mode', 'loopback', '--passphrase', '', '--decrypt', sealedPath]))).toBe(sha256(file));
    }
  });
});

(HAS_SQOP ? describe : describe.skip)('Sequoia (sqop)', () => {
  it('opens it with a key of its own making', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'concordat-sqop-'));
    try {
      const secret = execFileSync('sqop', ['generate-key', '--no-armor', 'Exhibits']);
      writeFileSync(join(folder, 'key'), secret);
      const publicKey = execFileSync('sqop', ['extract-cert', '--no-armor'], { input: secret });
      const file = fileOf(CHUNK_BYTES + 5);
      const key = newSessionKey();
      const body = await StoredBody.open(sourceOf(sealed(file, key).body), key);
      const pieces: Uint8Array[] = [];
      for await (const piece of await outsideMessage(body.packets(), { publicKey }, new Date())) pieces.push(piece);
      const read = execFileSync('sqop', ['decrypt', join(folder, 'key')], { input: Buffer.concat(pieces), maxBuffer: 10_000_000 });
      expect(sha256(read)).toBe(sha256(file));
      expect(readFileSync(join(folder, 'key')).length).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
