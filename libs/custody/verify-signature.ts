import { createHash, createPublicKey, verify } from 'node:crypto';
import { readSigningKey, type SignatureParts, type SigningKey } from './detached-signature.js';

/** What a SubjectPublicKeyInfo of an Ed25519 key begins with (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether `key` made this signature over `text`. The issuer that the signature names is for the caller to compare. */
export function verifySignature({ hash, before, after, signature }: SignatureParts, text: Uint8Array, { ed25519 }: SigningKey): boolean {
  const digest = createHash(hash).update(before).update(text).update(after).digest();
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, ed25519]), format: 'der', type: 'spki' });
  return verify(null, digest, key, signature);
}

/** The keys in these public keys, by fingerprint, for `firstBadSignature`. What is no Ed25519 key is left out. */
export function signingKeys(publicKeys: Iterable<Uint8Array>): ReadonlyMap<string, SigningKey> {
  const keys = new Map<string, SigningKey>();
  for (const publicKey of publicKeys) {
    const key = readSigningKey(publicKey, (hash, octets) => createHash(hash).update(octets).digest());
    if (key) keys.set(key.fingerprint, key);
  }
  return keys;
}
