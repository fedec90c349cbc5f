import { sign, verify, type KeyObject } from 'node:crypto';
import { ok, type Result } from '../kernel/index.js';
import type { NoteError } from './errors.js';
import {
  MALFORMED,
  SIGNATURE_BYTES,
  formatKeyText,
  formatSignerText,
  keyIdOf,
  publicHalf,
  publicKeyObject,
  readKeyText,
  readSignerText,
  type NoteSigner,
  type NoteVerifier,
} from './note-keys.js';

/** The signature type byte of a timestamped Ed25519 cosignature (C2SP tlog-cosignature, "Format"). */
const COSIGNATURE_V1 = 0x04;
const TIME_BYTES = 8;

/** A witness's key, ready to sign as of a time. */
export interface Cosigner {
  readonly name: string;
  /** The public key as others are given it, `name+keyid+base64`. */
  readonly verifierKey: string;
  readonly publicKey: Uint8Array;
  /** A signer of notes as of `seconds` since 1970: a whole number, not negative. @throws RangeError otherwise. */
  at(seconds: number): NoteSigner;
}

/**
 * The cosigner of one Ed25519 private key (C2SP tlog-cosignature, Ed25519).
 * Refused with `malformed-key` for an impossible name or a key of another kind.
 */
export function cosigner(name: string, privateKey: KeyObject): Result<Cosigner, NoteError> {
  const half = publicHalf(name, privateKey);
  if (!half.ok) return half;
  const publicKey = half.value;
  return ok({
    name,
    publicKey,
    verifierKey: formatKeyText(name, COSIGNATURE_V1, publicKey, publicKey),
    at(seconds) {
      if (!Number.isSafeInteger(seconds) || seconds < 0) throw new RangeError(`${seconds} is no time of a cosignature`);
      return {
        name,
        keyId: keyIdOf(name, COSIGNATURE_V1, publicKey),
        sign: (text) => new Uint8Array(Buffer.concat([timeBytes(seconds), sign(null, signedMessage(seconds, text), privateKey)])),
      };
    },
  });
}

/**
 * The verifier of a witness's cosignatures.
 * Refused with `malformed-key` for an impossible name or a key that is not 32 bytes.
 */
export function cosignatureVerifier(name: string, publicKey: Uint8Array): Result<NoteVerifier, NoteError> {
  const key = publicKeyObject(name, publicKey);
  if (!key.ok) return key;
  return ok({
    name,
    keyId: keyIdOf(name, COSIGNATURE_V1, publicKey),
    publicKey,
    verify(text, signature) {
      const seconds = cosignatureTime(signature);
      return seconds !== undefined && verify(null, signedMessage(seconds, text), key.value, signature.subarray(TIME_BYTES));
    },
  });
}

/**
 * The time in a cosignature (attacker-controlled), in seconds since 1970, or undefined when it is not 72 bytes long or
 * beyond 2^53 - 1, which no clock shows. Believe it only once the signature has been verified.
 */
export function cosignatureTime(signature: Uint8Array): number | undefined {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const seconds = Number(Buffer.from(signature).readBigUInt64BE(0));
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/** The text form of a cosigner's secret key, `PRIVATE+KEY+name+keyid+base64(4, seed)`; the seed is 32 random bytes. */
export function formatCosignerKey(name: string, seed: Uint8Array): string {
  return formatSignerText(name, COSIGNATURE_V1, seed);
}

/** Reads what `formatCosignerKey` printed; anything else is refused with `malformed-key`. */
export function parseCosignerKey(text: string): Result<Cosigner, NoteError> {
  const parts = readSignerText(text, COSIGNATURE_V1);
  return parts.ok ? cosigner(parts.value.name, parts.value.privateKey) : parts;
}

/**
 * Reads the text form of a witness's public key. A log's key is refused with `malformed-key` like anything else that
 * does not print as itself: what a log signs must never count as what a witness says about it.
 */
export function parseCosignatureKey(text: string): Result<NoteVerifier, NoteError> {
  const parts = readKeyText(text, COSIGNATURE_V1);
  if (!parts.ok) return parts;
  const verifier = cosignatureVerifier(parts.value.name, parts.value.material);
  if (!verifier.ok) return verifier;
  return verifier.value.keyId === parts.value.keyId ? verifier : MALFORMED;
}

/** The bytes a cosignature is over ("Ed25519 signed message"): a header, the time, the whole text of the note. */
function signedMessage(seconds: number, text: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`cosignature/v1\ntime ${seconds}\n`, 'utf8'), text]);
}

function timeBytes(seconds: number): Uint8Array {
  const bytes = Buffer.alloc(TIME_BYTES);
  bytes.writeBigUInt64BE(BigInt(seconds));
  return bytes;
}
