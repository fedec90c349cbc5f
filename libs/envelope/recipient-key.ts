import { createHash } from 'node:crypto';
import { readKey, type Config, type PublicKey, type SignaturePacket } from 'openpgp';
import { EnvelopeFault, EnvelopeFaultCode } from './envelope-fault.js';
import { SETTINGS } from './openpgp-settings.js';

/** Most octets of a key that is read: a key with hundreds of certifications is a way to make a reader slow. */
const LARGEST_KEY = 256 * 1024;
/** Keys kept as read: more than the agencies of one portal, and bounded whoever sends keys. */
const MOST_KEPT = 64;
const lately = new Map<string, PublicKey>();
/** RFC 9580 section 5.2.3.32: the recipient says it reads SEIPDv2. */
const FEATURE_SEIPD_V2 = 0x08;

/** A method the library has and its type declarations leave out. */
type SelfSigned = PublicKey & { getPrimarySelfSignature(at: Date, userId: undefined, config: Config): Promise<SignaturePacket> };

/** A public key one agency receives evidence under, and what it says of itself. */
export interface RecipientKey {
  /** Lower-case hexadecimal, 40 digits for a version 4 key and 64 for version 6. */
  readonly fingerprint: string;
  readonly version: 4 | 6;
  readonly userId: string;
  readonly createdAt: Date;
  /** Undefined: it does not expire. */
  readonly expiresAt: Date | undefined;
  /** Whether the key announces SEIPDv2 (feature octet 0x08). Older programs of the holder may not read what is sealed. */
  readonly readsSeipd2: boolean;
  /** The key without anything secret, as stored. */
  readonly publicKey: Uint8Array;
}

/**
 * Reads and inspects a recipient's public key (attacker-controlled), armoured text or octets.
 *
 * @param at - the moment for which expiry and revocation are judged.
 * @throws EnvelopeFault `malformed`, or `unusable-key` with the reason in words.
 */
export async function readRecipientKey(text: string | Uint8Array, at: Date): Promise<RecipientKey> {
  const key = await parsed(text);
  await usable(key, at);
  const expires = await key.getExpirationTime();
  const { user } = await primary(key, at);
  // Version 6 keys say it in their direct signature, version 4 keys in the certification of the name.
  const { features } = await (key as SelfSigned).getPrimarySelfSignature(at, undefined, SETTINGS);
  const version = key.keyPacket.version;
  if (version !== 4 && version !== 6) throw unusable(`Keys of version ${version} are not used. Make a version 4 or 6 key.`);
  return {
    fingerprint: key.getFingerprint(),
    version,
    userId: user.userID?.userID ?? '',
    createdAt: key.getCreationTime(),
    expiresAt: expires instanceof Date ? expires : undefined,
    readsSeipd2: ((features?.[0] ?? 0) & FEATURE_SEIPD_V2) !== 0,
    publicKey: key.toPublic().write(),
  };
}

/**
 * The library's form of a public key. Only for the other files of this folder. A key that was read lately is not read again: the
 * library remembers which of its signatures hold, and judges for each moment anew whether it has expired or been revoked.
 */
export async function parsed(text: string | Uint8Array): Promise<PublicKey> {
  if (text.length > LARGEST_KEY) throw new EnvelopeFault(EnvelopeFaultCode.Malformed, 'This key is larger than any honest key.');
  const name = createHash('sha256').update(text).digest('base64');
  const known = lately.get(name);
  if (known) return known;
  const key = await read(text);
  const [oldest] = lately.keys();
  if (lately.size >= MOST_KEPT && oldest !== undefined) lately.delete(oldest);
  lately.set(name, key);
  return key;
}

async function read(text: string | Uint8Array): Promise<PublicKey> {
  try {
    const key = await (typeof text === 'string' ? readKey({ armoredKey: text, config: SETTINGS }) : readKey({ binaryKey: text, config: SETTINGS }));
    return key.toPublic();
  } catch (cause) {
    throw new EnvelopeFault(EnvelopeFaultCode.Malformed, 'This is not an OpenPGP key that can be read.', { cause });
  }
}

async function usable(key: PublicKey, at: Date): Promise<void> {
  try {
    await key.verifyPrimaryKey(at, undefined, SETTINGS);
    await key.getEncryptionKey(undefined, at, undefined, SETTINGS);
  } catch (cause) {
    throw unusable('This key is expired, revoked, too weak or has no encryption key.', cause);
  }
}

async function primary(key: PublicKey, at: Date): ReturnType<PublicKey['getPrimaryUser']> {
  try {
    return await key.getPrimaryUser(at, undefined, SETTINGS);
  } catch (cause) {
    throw unusable('This key names nobody.', cause);
  }
}

function unusable(words: string, cause?: unknown): EnvelopeFault {
  return new EnvelopeFault(EnvelopeFaultCode.UnusableKey, words, { cause });
}
