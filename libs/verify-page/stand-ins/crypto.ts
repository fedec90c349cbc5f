/**
 * What the verifier takes from `node:crypto`, for a browser: hashes that are fed piece by piece, which the browser's own cannot be,
 * and Ed25519 as strict as Node's, by the audited noble libraries. The build puts this in place of `node:crypto`; whoever asks for
 * more than is here does not build, or throws.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { Buffer } from 'buffer';

/** SHA-1 names keys of version 4 (RFC 9580 section 5.5.4.1); nothing is believed because of it. */
const HASHES = { sha1, sha256, sha384, sha512 };
type Algorithm = keyof typeof HASHES;
type Encoding = 'hex' | 'base64' | 'latin1';

/** A hash that is fed piece by piece. */
class Hash {
  private readonly state;

  constructor(algorithm: Algorithm) {
    this.state = HASHES[algorithm].create();
  }

  update(piece: Uint8Array | string): this {
    this.state.update(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
    return this;
  }

  digest(): Buffer;
  digest(encoding: Encoding): string;
  digest(encoding?: Encoding): Buffer | string {
    const octets = Buffer.from(this.state.digest());
    return encoding === undefined ? octets : octets.toString(encoding);
  }
}

export function createHash(algorithm: Algorithm): Hash {
  return new Hash(algorithm);
}

/** The hash of octets that are there, as text. */
export function hash(algorithm: Algorithm, octets: Uint8Array, encoding: Encoding | 'binary'): string {
  return createHash(algorithm).update(octets).digest(encoding === 'binary' ? 'latin1' : encoding);
}

interface PublicKey {
  readonly octets: Uint8Array;
}

/** An Ed25519 public key from its SubjectPublicKeyInfo, whose last 32 octets it is. */
export function createPublicKey({ key }: { readonly key: Uint8Array }): PublicKey {
  return { octets: key.slice(-32) };
}

/** Whether an Ed25519 signature holds, without the looser rules of ZIP 215: as RFC 8032 and Node have it. */
export function verify(_algorithm: null, text: Uint8Array, { octets }: PublicKey, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, text, octets, { zip215: false });
  } catch {
    return false;
  }
}

/** Nothing is signed where something is checked. */
function missing(): never {
  throw new Error('A page that checks bundles signs nothing.');
}
export const createPrivateKey = missing;
export const sign = missing;
export const randomBytes = missing;
