import { randomBytes } from 'node:crypto';
import {
  createMessage,
  decryptKey,
  decryptSessionKeys,
  encryptSessionKey,
  generateKey,
  readMessage,
  readPrivateKey,
  sign,
  type PrivateKey,
} from 'openpgp';
import { SESSION_KEY_BYTES } from './chunk-cipher.js';
import { EnvelopeFault, EnvelopeFaultCode } from './envelope-fault.js';
import { SETTINGS } from './openpgp-settings.js';
import { parsed, type RecipientKey } from './recipient-key.js';

/** How an armoured text begins (RFC 9580 section 6.2). */
const ARMOUR = '-----BEGIN';

/** A fresh session key: 32 random octets. It seals one file and nothing else. */
export function newSessionKey(): Uint8Array {
  return randomBytes(SESSION_KEY_BYTES);
}

/**
 * The session-key packet (RFC 9580 section 5.1.2, version 6) that lets `recipient` open a body. Sharing evidence is adding
 * such a packet; the body is not touched.
 *
 * @throws EnvelopeFault `unusable-key` when the key has expired or been revoked by `at`.
 */
export async function sessionKeyPacket(sessionKey: Uint8Array, recipient: Pick<RecipientKey, 'publicKey'>, at: Date): Promise<Uint8Array> {
  const key = await parsed(recipient.publicKey);
  try {
    return await encryptSessionKey({
      data: sessionKey,
      algorithm: 'aes256',
      aeadAlgorithm: 'gcm',
      encryptionKeys: key,
      format: 'binary',
      date: at,
      config: SETTINGS,
    });
  } catch (cause) {
    throw new EnvelopeFault(EnvelopeFaultCode.UnusableKey, 'This key is expired, revoked, too weak or has no encryption key.', { cause });
  }
}

/** A private key that is open in memory. It cannot be printed, written or copied out. */
export class OpenedKey {
  readonly fingerprint: string;
  readonly #key: PrivateKey;

  private constructor(key: PrivateKey) {
    this.#key = key;
    this.fingerprint = key.getFingerprint();
  }

  /**
   * @param lockedKey - octets, or the octets of an armoured text; not locked at all is read too.
   * @throws EnvelopeFault `no-key` for a wrong passphrase, `malformed` for anything that is no private key.
   */
  static async unlock(lockedKey: Uint8Array, passphrase: string): Promise<OpenedKey> {
    const key = await privateKey(lockedKey);
    if (key.isDecrypted()) return new OpenedKey(key);
    try {
      return new OpenedKey(await decryptKey({ privateKey: key, passphrase, config: SETTINGS }));
    } catch (cause) {
      throw new EnvelopeFault(EnvelopeFaultCode.NoKey, 'The passphrase does not open this private key.', { cause });
    }
  }

  /**
   * The session key in those of `packets` (concatenated, attacker-controlled) that are addressed to this key.
   *
   * @throws EnvelopeFault `no-key` when none is, or none holds.
   */
  async sessionKey(packets: Uint8Array): Promise<Uint8Array> {
    try {
      // A list of session-key packets alone is no message by the grammar; the body has been read by our own reader.
      const settings = { ...SETTINGS, enforceGrammar: false };
      const message = await readMessage({ binaryMessage: packets, config: settings });
      const found = await decryptSessionKeys({ message, decryptionKeys: this.#key, config: settings });
      const key = found[0]?.data;
      if (key?.length === SESSION_KEY_BYTES) return key;
    } catch (cause) {
      throw new EnvelopeFault(EnvelopeFaultCode.NoKey, 'No key at hand opens this message.', { cause });
    }
    throw new EnvelopeFault(EnvelopeFaultCode.NoKey, 'No key at hand opens this message.');
  }

  /** A detached signature over `octets` as a binary document, one signature packet (RFC 9580 section 5.2). */
  async sign(octets: Uint8Array, at: Date): Promise<Uint8Array> {
    const message = await createMessage({ binary: octets });
    return (await sign({ message, signingKeys: this.#key, detached: true, format: 'binary', date: at, config: SETTINGS })) as Uint8Array;
  }
}

async function privateKey(octets: Uint8Array): Promise<PrivateKey> {
  const text = Buffer.from(octets.subarray(0, ARMOUR.length)).toString('latin1') === ARMOUR ? Buffer.from(octets).toString('latin1') : undefined;
  try {
    return await (text === undefined ? readPrivateKey({ binaryKey: octets, config: SETTINGS }) : readPrivateKey({ armoredKey: text, config: SETTINGS }));
  } catch (cause) {
    throw new EnvelopeFault(EnvelopeFaultCode.Malformed, 'This is not a private key that can be read.', { cause });
  }
}

/** A new key pair as it is stored: the private part locked under a passphrase. */
export interface LockedKeyPair {
  readonly publicKey: Uint8Array;
  readonly lockedKey: Uint8Array;
  readonly fingerprint: string;
}

/** Whose key it is, and what locks it. */
export interface KeyRequest {
  readonly name: string;
  readonly passphrase: string;
  readonly at: Date;
  /** Seconds until it expires; 0: never. */
  readonly lifeSeconds: number;
  readonly version: 4 | 6;
}

/** Makes an Ed25519 and X25519 key pair that announces SEIPDv2. Version 4 opens with more programs, version 6 is RFC 9580's own. */
export async function newKeyPair(request: KeyRequest): Promise<LockedKeyPair> {
  const { privateKey, publicKey } = await generateKey({
    type: 'curve25519',
    userIDs: { name: request.name },
    passphrase: request.passphrase,
    date: request.at,
    keyExpirationTime: request.lifeSeconds,
    format: 'object',
    config: { ...SETTINGS, v6Keys: request.version === 6 },
  });
  return { publicKey: publicKey.write(), lockedKey: privateKey.write(), fingerprint: publicKey.getFingerprint() };
}
