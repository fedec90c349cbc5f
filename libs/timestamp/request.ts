import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq, TimeStampReqVersion } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { SHA256 } from './algorithms.js';

/** What an authority is asked to date. */
export interface TimestampWanted {
  /** SHA-256 of the data, 32 bytes. */
  readonly imprint: Uint8Array;
  /** A number never used before, as its big-endian bytes; see {@link positiveNonce}. */
  readonly nonce: Uint8Array;
  /** The policy it shall be dated under, as an object identifier; the authority's own when left out. */
  readonly policy?: string | undefined;
}

/** The request as it is sent (RFC 3161 section 2.4.1, DER). The signer's certificate is asked for, so that a token stands by itself. */
export function makeTimestampRequest({ imprint, nonce, policy }: TimestampWanted): Uint8Array {
  const request = new TimeStampReq({
    version: TimeStampReqVersion.v1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256, parameters: null }),
      hashedMessage: new OctetString(imprint),
    }),
    ...(policy === undefined ? {} : { reqPolicy: policy }),
    nonce: Uint8Array.from(nonce).buffer,
    certReq: true,
  });
  return new Uint8Array(AsnConvert.serialize(request));
}

/** Random bytes as the shortest encoding of a positive integer: so they come back as they were sent. */
export function positiveNonce(random: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(random);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}
