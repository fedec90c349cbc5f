/** Everything that can be wrong with sealed bytes or with a key. Messages may change, codes may not. */
export const EnvelopeFaultCode = {
  /** The bytes are no OpenPGP message, or not one this product makes or reads. */
  Malformed: 'malformed',
  /** A well-formed message in a form this product refuses: another cipher, compression, a signature inside. */
  Unsupported: 'unsupported',
  /** A tag does not hold: somebody or something changed the bytes. */
  NotAuthentic: 'not-authentic',
  /** The bytes end too early, or go on too long. */
  Truncated: 'truncated',
  /** No key at hand opens this message. */
  NoKey: 'no-key',
  /** A recipient key that may not be used: expired, revoked, too weak, without an encryption key. */
  UnusableKey: 'unusable-key',
} as const;
export type EnvelopeFaultCode = (typeof EnvelopeFaultCode)[keyof typeof EnvelopeFaultCode];

/**
 * Thrown while sealing or opening. It is thrown and not returned because bytes are streams: whoever reads one learns of
 * a broken tag in the middle of reading, and must not be able to overlook it.
 */
export class EnvelopeFault extends Error {
  constructor(
    readonly code: EnvelopeFaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EnvelopeFault';
  }
}

/** A fault of malformed input, in one call. */
export function malformed(message: string): EnvelopeFault {
  return new EnvelopeFault(EnvelopeFaultCode.Malformed, message);
}
