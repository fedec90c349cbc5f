import { verify, type KeyObject } from 'node:crypto';
import type { AlgorithmIdentifier } from '@peculiar/asn1-x509';

/** The hash algorithms that are believed (RFC 5754 section 2). SHA-1 is not one of them. */
const HASHES: Readonly<Record<string, Hash>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
export type Hash = 'sha256' | 'sha384' | 'sha512';

export const SHA256 = '2.16.840.1.101.3.4.2.1';
const RSA = '1.2.840.113549.1.1.1';

/** Signature algorithms with the hash in their name (RFC 4055 section 5, RFC 5758 section 3.2). */
const SIGNATURES: Readonly<Record<string, { readonly key: 'rsa' | 'ec'; readonly hash: Hash }>> = {
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
};

const LEAST_RSA_BITS = 2048;

/** The hash an identifier names; undefined for one that is not believed, or that carries parameters. */
export function hashOf(identifier: AlgorithmIdentifier): Hash | undefined {
  return hasNoParameters(identifier) ? HASHES[identifier.algorithm] : undefined;
}

/** Whether a certificate signed in this way may be believed. */
export function isSoundCertificateSignature({ algorithm }: AlgorithmIdentifier): boolean {
  return algorithm in SIGNATURES;
}

/** Whether the key is of a kind and length that is believed. */
export function isSoundKey(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'ec' || (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS);
}

/** What was signed, how, and by whom. */
export interface Signed {
  readonly identifier: AlgorithmIdentifier;
  readonly hash: Hash;
  readonly bytes: Uint8Array;
  readonly key: KeyObject;
  readonly signature: Uint8Array;
}

/** Whether a CMS signature holds; false for an algorithm that is not believed or does not fit hash and key. */
export function signatureHolds({ identifier, hash, bytes, key, signature }: Signed): boolean {
  const named = identifier.algorithm === RSA ? { key: 'rsa', hash } : SIGNATURES[identifier.algorithm];
  if (named === undefined || !hasNoParameters(identifier) || named.hash !== hash || key.asymmetricKeyType !== named.key || !isSoundKey(key)) return false;
  return verify(hash, bytes, key, signature);
}

/** Parameters are left out or NULL (05 00); anything else would be another algorithm. */
function hasNoParameters({ parameters }: AlgorithmIdentifier): boolean {
  if (parameters === undefined || parameters === null) return true;
  return Buffer.from(parameters).toString('hex') === '0500';
}
