import { beforeAll, describe, expect, it } from '@jest/globals';
import * as openpgp from 'openpgp';
import { drain, fileOf, inPieces, sealed } from './sealing.fixtures.js';
import { CHUNK_BYTES, messageOf, newKeyPair, newSessionKey, OpenedKey, openMessage, readRecipientKey, sessionKeyPacket, type LockedKeyPair } from './index.js';

const AT = new Date('2026-03-01T09:00:00Z');
const PASSPHRASE = 'a passphrase for this test';

describe.each([4, 6] as const)('with a version %d key', (version) => {
  let pair: LockedKeyPair;
  let opened: OpenedKey;
  let theirs: openpgp.PrivateKey;

  beforeAll(async () => {
    pair = await newKeyPair({ name: 'Northmoor Police', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version });
    opened = await OpenedKey.unlock(pair.lockedKey, PASSPHRASE);
    theirs = await openpgp.decryptKey({ privateKey: await openpgp.readPrivateKey({ binaryKey: pair.lockedKey }), passphrase: PASSPHRASE });
  });

  it.each([0, 1, 5000, CHUNK_BYTES - 12, 1_000_000])('openpgp.js opens what we seal, %d octets', async (size) => {
    const file = fileOf(size);
    const message = await openpgp.readMessage({ binaryMessage: await ourMessage(file) });
    const read = (await openpgp.decrypt({ message, decryptionKeys: theirs, format: 'binary' })) as unknown as { readonly data: Uint8Array };
    expect(Buffer.from(read.data).equals(file)).toBe(true);
  });

  it.each([0, 1, 5000, 1_000_000])('we open what openpgp.js seals with GCM and with OCB, %d octets', async (size) => {
    const file = fileOf(size);
    for (const aead of ['gcm', 'ocb'] as const) {
      for (const aeadChunkSizeByte of [12, 6]) {
        const read = await drain(openMessage(inPieces(await theirMessage(file, aead, aeadChunkSizeByte)), (packets) => opened.sessionKey(packets)));
        expect(read.fault).toBeUndefined();
        expect(read.bytes.equals(file)).toBe(true);
      }
    }
  });

  it('we open what we seal as a whole message', async () => {
    const file = fileOf(600_000);
    const read = await drain(openMessage(inPieces(await ourMessage(file), 1777), (packets) => opened.sessionKey(packets)));
    expect(read.fault).toBeUndefined();
    expect(read.bytes.equals(file)).toBe(true);
  });

  it('inspects the key it made', async () => {
    const key = await readRecipientKey(pair.publicKey, AT);
    expect(key).toMatchObject({ version, fingerprint: pair.fingerprint, userId: 'Northmoor Police', readsSeipd2: true, expiresAt: undefined });
    expect(key.fingerprint).toHaveLength(version === 4 ? 40 : 64);
  });

  it('refuses a wrong passphrase, another key, and packets that were changed', async () => {
    await expect(OpenedKey.unlock(pair.lockedKey, 'wrong')).rejects.toMatchObject({ code: 'no-key' });
    const other = await newKeyPair({ name: 'Other', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version });
    const stranger = await OpenedKey.unlock(other.lockedKey, PASSPHRASE);
    const packet = await sessionKeyPacket(newSessionKey(), pair, AT);
    await expect(stranger.sessionKey(packet)).rejects.toMatchObject({ code: 'no-key' });
    const changed = Buffer.from(packet);
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
    await expect(opened.sessionKey(changed)).rejects.toMatchObject({ code: 'no-key' });
    await expect(opened.sessionKey(Buffer.from('not packets'))).rejects.toMatchObject({ code: 'no-key' });
  });

  it('shares by adding a packet: the second recipient opens the same body', async () => {
    const other = await newKeyPair({ name: 'Fire', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version });
    const file = fileOf(300_000);
    const key = newSessionKey();
    const { body } = sealed(file, key);
    const packets = [await sessionKeyPacket(key, pair, AT), await sessionKeyPacket(key, other, AT)];
    const whole = Buffer.concat(await collect(messageOf(packets, inPieces(body), body.length)));
    for (const lockedKey of [pair.lockedKey, other.lockedKey]) {
      const reader = await OpenedKey.unlock(lockedKey, PASSPHRASE);
      const read = await drain(openMessage(inPieces(whole), (all) => reader.sessionKey(all)));
      expect(read.bytes.equals(file)).toBe(true);
    }
  });

  async function ourMessage(file: Buffer): Promise<Buffer> {
    const key = newSessionKey();
    const { body } = sealed(file, key);
    return Buffer.concat(await collect(messageOf([await sessionKeyPacket(key, pair, AT)], inPieces(body), body.length)));
  }

  async function theirMessage(file: Buffer, aeadAlgorithm: 'gcm' | 'ocb', aeadChunkSizeByte: number): Promise<Uint8Array> {
    const config = { aeadProtect: true, aeadChunkSizeByte };
    const sessionKey = { data: newSessionKey(), algorithm: 'aes256', aeadAlgorithm };
    return openpgp.encrypt({
      message: await openpgp.createMessage({ binary: file }),
      encryptionKeys: theirs.toPublic(),
      sessionKey,
      format: 'binary',
      config,
    } as Parameters<typeof openpgp.encrypt>[0]) as Promise<unknown> as Promise<Uint8Array>;
  }
});

describe('recipient keys that must not be used', () => {
  it('are refused with a reason: expired', async () => {
    const pair = await newKeyPair({ name: 'Old', passphrase: PASSPHRASE, at: AT, lifeSeconds: 60, version: 4 });
    await expect(readRecipientKey(pair.publicKey, new Date(AT.getTime() + 120_000))).rejects.toMatchObject({ code: 'unusable-key' });
    await expect(sessionKeyPacket(newSessionKey(), pair, new Date(AT.getTime() + 120_000))).rejects.toMatchObject({ code: 'unusable-key' });
    expect((await readRecipientKey(pair.publicKey, AT)).expiresAt).toEqual(new Date(AT.getTime() + 60_000));
  });

  it('are refused with a reason: no key at all, or too much of one', async () => {
    await expect(readRecipientKey('-----BEGIN PGP PUBLIC KEY BLOCK-----', AT)).rejects.toMatchObject({ code: 'malformed' });
    await expect(readRecipientKey(Buffer.alloc(300_000), AT)).rejects.toMatchObject({ code: 'malformed' });
  });

  it('are refused with a reason: cannot encrypt, or RSA below 3072 bits', async () => {
    const signing = await openpgp.generateKey({ type: 'ecc', curve: 'ed25519Legacy', userIDs: { name: 'Signs' }, subkeys: [], date: AT, format: 'object' });
    await expect(readRecipientKey(signing.publicKey.write(), AT)).rejects.toMatchObject({ code: 'unusable-key' });
    const weak = await openpgp.generateKey({ type: 'rsa', rsaBits: 2048, userIDs: { name: 'Weak' }, date: AT, format: 'object' });
    await expect(readRecipientKey(weak.publicKey.write(), AT)).rejects.toMatchObject({ code: 'unusable-key' });
  });

  it('never carry anything secret on', async () => {
    const pair = await newKeyPair({ name: 'Careless', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version: 4 });
    const key = await readRecipientKey(pair.lockedKey, AT);
    expect(Buffer.from(key.publicKey).equals(Buffer.from(pair.publicKey))).toBe(true);
  });
});

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}
