import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { err, ok, type Result } from '../kernel/index.js';
import { fromBase64, toBase64 } from './text-numbers.js';
import { NoteErrorCode, refuse, type NoteError } from './errors.js';

/** Something that can say whether a named key signed a text. */
export interface NoteVerifier {
  readonly name: string;
  /** The 32-bit key id, big-endian in the note. */
  readonly keyId: number;
  /** The 32 bytes of the public key: two verifiers with the same one are one signer under two names. */
  readonly publicKey: Uint8Array;
  /** Whether `signature` (attacker-controlled, any length) is this key's over `text`. */
  verify(text: Uint8Array, signature: Uint8Array): boolean;
}

/** Something that can sign a text under a name. */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: number;
  sign(text: Uint8Array): Uint8Array;
}

/** The signature type byte of plain Ed25519 (C2SP signed-note, "Signature types"). */
const ED25519 = 0x01;
const KEY_BYTES = 32;
/** Bytes of an Ed25519 signature (RFC 8032 section 5.1.6). */
export const SIGNATURE_BYTES = 64;
const PRIVATE = 'PRIVATE+KEY+';
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
// Unicode spaces: JavaScript's \s, and U+0085, which it leaves out.
const NOT_IN_NAME = /[\s\u0085+]|[\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether `name` can name a key: not empty, no Unicode space, no plus, well-formed. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && !NOT_IN_NAME.test(name);
}

/** The key id that C2SP signed-note recommends: the first four bytes of SHA-256(name, newline, type, public key). */
export function keyIdOf(name: string, type: number, publicKey: Uint8Array): number {
  const hash = createHash('sha256').update(name, 'utf8').update(Uint8Array.of(0x0a, type)).update(publicKey);
  return hash.digest().readUInt32BE(0);
}

/**
 * The verifier of one Ed25519 public key of 32 bytes.
 * Refused with `malformed-key` for an impossible name or a key of another length.
 */
export function ed25519Verifier(name: string, publicKey: Uint8Array): Result<NoteVerifier, NoteError> {
  const key = publicKeyObject(name, publicKey);
  if (!key.ok) return key;
  return ok({
    name,
    keyId: keyIdOf(name, ED25519, publicKey),
    publicKey,
    verify: (text, signature) => signature.length === SIGNATURE_BYTES && verify(null, text, key.value, signature),
  });
}

/** The key object of an Ed25519 public key; refused with `malformed-key` for an impossible name or another length. */
export function publicKeyObject(name: string, publicKey: Uint8Array): Result<KeyObject, NoteError> {
  if (!isKeyName(name)) return refuse(NoteErrorCode.MalformedKey, 'A key name has no spaces and no plus sign');
  if (publicKey.length !== KEY_BYTES) return refuse(NoteErrorCode.MalformedKey, 'An Ed25519 public key is 32 bytes');
  return ok(createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' }));
}

/**
 * The signer of one Ed25519 private key.
 * Refused with `malformed-key` for an impossible name or a key of another kind.
 */
export function ed25519Signer(name: string, privateKey: KeyObject): Result<NoteSigner, NoteError> {
  const publicKey = publicHalf(name, privateKey);
  if (!publicKey.ok) return publicKey;
  return ok({
    name,
    keyId: keyIdOf(name, ED25519, publicKey.value),
    sign: (text) => new Uint8Array(sign(null, text, privateKey)),
  });
}

/** The public bytes of a private key that is to sign as `name`; refused with `malformed-key` as `ed25519Signer` is. */
export function publicHalf(name: string, privateKey: KeyObject): Result<Uint8Array, NoteError> {
  if (!isKeyName(name)) return refuse(NoteErrorCode.MalformedKey, 'A key name has no spaces and no plus sign');
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') {
    return refuse(NoteErrorCode.MalformedKey, 'A note is signed with an Ed25519 private key');
  }
  return ok(ed25519PublicBytes(privateKey));
}

/**
 * The 32 bytes of the public half of an Ed25519 key.
 *
 * @throws TypeError when the key is of another kind.
 */
export function ed25519PublicBytes(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('Not an Ed25519 key');
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length));
}

/** The text form of a verifier key: `name+keyid+base64(type, public key)`. */
export function formatVerifierKey(name: string, publicKey: Uint8Array): string {
  return formatKeyText(name, ED25519, publicKey, publicKey);
}

/**
 * Reads the text form of a verifier key that signs plainly, as a log does. Refused with `malformed-key` unless it is
 * exactly what `formatVerifierKey` would print for it.
 */
export function parseVerifierKey(text: string): Result<NoteVerifier, NoteError> {
  const parts = readKeyText(text, ED25519);
  if (!parts.ok) return parts;
  const verifier = ed25519Verifier(parts.value.name, parts.value.material);
  if (!verifier.ok) return verifier;
  return verifier.value.keyId === parts.value.keyId ? verifier : MALFORMED;
}

/**
 * Reads the text form of a signer key, `PRIVATE+KEY+name+keyid+base64(type, seed)`.
 * Refused with `malformed-key` when anything in it disagrees with anything else.
 */
export function parseSignerKey(text: string): Result<NoteSigner, NoteError> {
  const parts = readSignerText(text, ED25519);
  return parts.ok ? ed25519Signer(parts.value.name, parts.value.privateKey) : parts;
}

/** The text form of a key of `type`: its id is of the public key, `material` is that key or the seed behind it. */
export function formatKeyText(name: string, type: number, publicKey: Uint8Array, material: Uint8Array): string {
  const id = keyIdOf(name, type, publicKey).toString(16).padStart(8, '0');
  return `${name}+${id}+${toBase64(Buffer.concat([Uint8Array.of(type), material]))}`;
}

/** The text form of a signer key of `type`; as secret as the seed in it. */
export function formatSignerText(name: string, type: number, seed: Uint8Array): string {
  return `${PRIVATE}${formatKeyText(name, type, ed25519PublicBytes(fromSeed(seed)), seed)}`;
}

/** The name and key of a signer key of `type`; refused with `malformed-key` unless the id in it is its own. */
export function readSignerText(text: string, type: number): Result<{ readonly name: string; readonly privateKey: KeyObject }, NoteError> {
  if (!text.startsWith(PRIVATE)) return MALFORMED;
  const parts = readKeyText(text.slice(PRIVATE.length), type);
  if (!parts.ok) return parts;
  const { name, keyId, material } = parts.value;
  const privateKey = fromSeed(material);
  return keyIdOf(name, type, ed25519PublicBytes(privateKey)) === keyId ? ok({ name, privateKey }) : MALFORMED;
}

/** The parts of a key's text form; its id is not compared yet. Refused with `malformed-key` for a key of another type. */
export function readKeyText(text: string, type: number): Result<KeyText, NoteError> {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const [, name = '', id = '', encoded = ''] = match ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes?.[0] !== type || bytes.length !== KEY_BYTES + 1) return MALFORMED;
  return ok({ name, keyId: Number.parseInt(id, 16), material: bytes.subarray(1) });
}

/** The refusal of a key that disagrees with itself. */
export const MALFORMED = err<NoteError>({
  code: NoteErrorCode.MalformedKey,
  message: 'A note key is written name+keyid+base64, of the type asked for, and the key id must be its own',
});

interface KeyText {
  readonly name: string;
  readonly keyId: number;
  readonly material: Uint8Array;
}

function fromSeed(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}
