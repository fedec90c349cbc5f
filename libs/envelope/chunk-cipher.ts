import { createCipheriv, createDecipheriv, hkdfSync, type CipherGCM, type DecipherGCM } from 'node:crypto';
import { EnvelopeFault, EnvelopeFaultCode, malformed } from './envelope-fault.js';

const PACKET_VERSION = 2;
const AES_256 = 9;
const OCB = 2;
const GCM = 3;
const SALT_BYTES = 32;
const SEIPD_TAG_OCTET = 0xd2;
/** RFC 9580 section 5.13.2: values up to 16 are allowed, a chunk of 4 MiB. */
const LARGEST_CHUNK_OCTET = 16;
/** 2^(12+6) octets: 256 KiB. */
const OUR_CHUNK_OCTET = 12;

/** Octets of a session key, AES-256. */
export const SESSION_KEY_BYTES = 32;
/** Octets of every authentication tag. */
export const TAG_BYTES = 16;
/** Octets before the first chunk: version, cipher, mode, chunk size, salt (RFC 9580 section 5.13.2). */
export const HEADER_BYTES = 4 + SALT_BYTES;
/** Plaintext octets of every chunk we write but the last. */
export const CHUNK_BYTES = 2 ** (OUR_CHUNK_OCTET + 6);

const MODES = {
  [OCB]: { name: 'aes-256-ocb', nonceBytes: 15 },
  [GCM]: { name: 'aes-256-gcm', nonceBytes: 12 },
} as const;

type Mode = (typeof MODES)[keyof typeof MODES];

/** The header of a new body in our own form: SEIPDv2, AES-256-GCM, chunks of 256 KiB, and `salt` (32 random octets). */
export function newHeader(salt: Uint8Array): Buffer {
  if (salt.length !== SALT_BYTES) throw new TypeError(`A salt has ${SALT_BYTES} octets`);
  return Buffer.concat([Buffer.from([PACKET_VERSION, AES_256, GCM, OUR_CHUNK_OCTET]), salt]);
}

/**
 * The keys, nonces and associated data of one encrypted body (RFC 9580 section 5.13.2). Every chunk has its own nonce and
 * its own tag; a last tag over the total length makes a cut visible.
 */
export class ChunkCipher {
  /** Plaintext octets of every chunk but the last. */
  readonly chunkBytes: number;
  private readonly mode: Mode;
  private readonly associated: Buffer;
  private readonly key: Buffer;
  private readonly nonce: Buffer;

  /**
   * @param header - the {@link HEADER_BYTES} octets a body begins with (attacker-controlled).
   * @throws EnvelopeFault `unsupported` for another version, cipher or mode; `malformed` for an impossible chunk size.
   */
  constructor(header: Uint8Array, sessionKey: Uint8Array) {
    const [version, cipher, aead, chunkOctet = LARGEST_CHUNK_OCTET + 1] = header;
    if (header.length !== HEADER_BYTES) throw malformed('The encrypted body ends inside its header.');
    if (version !== PACKET_VERSION || cipher !== AES_256 || (aead !== OCB && aead !== GCM)) {
      throw new EnvelopeFault(EnvelopeFaultCode.Unsupported, 'Only SEIPD version 2 with AES-256 in OCB or GCM mode is read.');
    }
    if (chunkOctet > LARGEST_CHUNK_OCTET) throw malformed('The encrypted body names a chunk size beyond 4 MiB.');
    if (sessionKey.length !== SESSION_KEY_BYTES) throw new EnvelopeFault(EnvelopeFaultCode.NoKey, 'The session key is not one for AES-256.');
    this.mode = MODES[aead];
    this.chunkBytes = 2 ** (chunkOctet + 6);
    this.associated = Buffer.from([SEIPD_TAG_OCTET, version, cipher, aead, chunkOctet]);
    const derived = this.derive(sessionKey, header.subarray(4));
    this.key = derived.subarray(0, SESSION_KEY_BYTES);
    this.nonce = Buffer.alloc(this.mode.nonceBytes);
    derived.copy(this.nonce, 0, SESSION_KEY_BYTES);
  }

  private derive(sessionKey: Uint8Array, salt: Uint8Array): Buffer {
    const length = SESSION_KEY_BYTES + this.mode.nonceBytes - 8;
    return Buffer.from(hkdfSync('sha256', sessionKey, salt, this.associated, length));
  }

  private nonceOf(index: number): Buffer {
    const nonce = Buffer.from(this.nonce);
    nonce.writeBigUInt64BE(BigInt(index), this.mode.nonceBytes - 8);
    return nonce;
  }

  /** A cipher for chunk `index`; the caller appends its tag. An index must never be used for two different plaintexts. */
  sealing(index: number): CipherGCM {
    const cipher = createCipheriv(this.mode.name as 'aes-256-gcm', this.key, this.nonceOf(index), { authTagLength: TAG_BYTES });
    cipher.setAAD(this.associated);
    return cipher;
  }

  /** The last tag: it binds how many chunks (`index`) and how many plaintext octets (`total`) there are. */
  finalTag(index: number, total: number): Buffer {
    const cipher = createCipheriv(this.mode.name as 'aes-256-gcm', this.key, this.nonceOf(index), { authTagLength: TAG_BYTES });
    cipher.setAAD(this.finalAssociated(total));
    cipher.final();
    return cipher.getAuthTag();
  }

  /**
   * The plaintext of one whole chunk, nothing of it before its tag has held.
   *
   * @param sealed - ciphertext followed by its tag.
   * @throws EnvelopeFault `not-authentic`.
   */
  openChunk(index: number, sealed: Uint8Array): Buffer {
    const decipher = this.opening(index, sealed.subarray(sealed.length - TAG_BYTES));
    decipher.setAAD(this.associated);
    const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
    const rest = finish(decipher, `Chunk ${index} of the encrypted body was changed.`);
    // OCB keeps the octets of an incomplete block until the end; GCM keeps none.
    return rest.length === 0 ? plain : Buffer.concat([plain, rest]);
  }

  /** @throws EnvelopeFault `not-authentic` when the body was cut, extended or joined from parts. */
  checkFinalTag(index: number, total: number, tag: Uint8Array): void {
    const decipher = this.opening(index, tag);
    decipher.setAAD(this.finalAssociated(total));
    finish(decipher, 'The encrypted body was cut short or added to.');
  }

  private opening(index: number, tag: Uint8Array): DecipherGCM {
    const decipher = createDecipheriv(this.mode.name as 'aes-256-gcm', this.key, this.nonceOf(index), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(tag);
    return decipher;
  }

  private finalAssociated(total: number): Buffer {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(total));
    return Buffer.concat([this.associated, length]);
  }
}

function finish(decipher: DecipherGCM, words: string): Buffer {
  try {
    return decipher.final();
  } catch (cause) {
    throw new EnvelopeFault(EnvelopeFaultCode.NotAuthentic, words, { cause });
  }
}
