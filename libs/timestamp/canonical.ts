import { AsnConvert } from '@peculiar/asn1-schema';

/**
 * Reads `bytes` (attacker-controlled) as one value of `type`, in its one canonical encoding (DER, X.690 section 10): what
 * is not written back to the very same bytes is refused. So no two byte strings mean the same, and nothing hides in between.
 * Undefined for anything else.
 */
export function readCanonical<T>(bytes: Uint8Array, type: new () => T): T | undefined {
  try {
    const value = AsnConvert.parse(bytes, type);
    return sameBytes(new Uint8Array(AsnConvert.serialize(value)), bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a part of something signed; only its shape is asked for. Undefined when it has another. */
export function readPart<T>(bytes: ArrayBuffer | Uint8Array, type: new () => T): T | undefined {
  try {
    return AsnConvert.parse(bytes, type);
  } catch {
    return undefined;
  }
}

/** Whether two byte strings are the same. Nothing compared here is secret. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
