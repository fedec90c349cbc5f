import { err, type Err } from '../kernel/index.js';

/** Every reason for not believing a timestamp. Messages may change, codes may not. */
export const TimestampErrorCode = {
  /** No answer of this protocol, or not in its one canonical encoding. */
  Malformed: 'malformed',
  /** The authority said no. */
  Rejected: 'rejected',
  /** It dates something else. */
  OtherData: 'other-data',
  /** It answers another request. */
  OtherNonce: 'other-nonce',
  OtherPolicy: 'other-policy',
  /** The signature does not hold. */
  BadSignature: 'bad-signature',
  /** The certificate is not one for signing timestamps. */
  BadSigner: 'bad-signer',
  /** No chain leads from the signer to a certificate that is trusted. */
  Untrusted: 'untrusted',
  /** A certificate of the chain was not valid at the time the timestamp tells. */
  Expired: 'expired',
  /** The time it tells is too far from ours. */
  WrongTime: 'wrong-time',
} as const;
export type TimestampErrorCode = (typeof TimestampErrorCode)[keyof typeof TimestampErrorCode];

/** A refusal: a code for the program and a sentence without its full stop for the person. Carries no text of the authority's. */
export interface TimestampError {
  readonly code: TimestampErrorCode;
  readonly message: string;
}

/** A refusal with a code and a sentence. */
export function refuse(code: TimestampErrorCode, message: string): Err<TimestampError> {
  return err({ code, message });
}
