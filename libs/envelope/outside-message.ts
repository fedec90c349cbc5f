import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { encryptSessionKey } from 'openpgp';
import { EnvelopeFault, EnvelopeFaultCode } from './envelope-fault.js';
import { messageOf } from './message.js';
import { SETTINGS } from './openpgp-settings.js';
import { parsed, type RecipientKey } from './recipient-key.js';
import { newSessionKey } from './session-key.js';

const PACKET_VERSION = 1;
const BLOCK_BYTES = 16;
/** The header of the packet with the SHA-1, which is part of what is hashed (RFC 9580 section 5.13.1). */
const DIGEST_HEADER = Buffer.from([0xd3, 0x14]);
const DIGEST_BYTES = 20;

/** The plaintext packets of a message, and exactly how many octets they are. */
export interface PlainPackets {
  readonly bytes: number;
  readonly octets: AsyncIterable<Uint8Array>;
}

/**
 * A copy for programs that do not read SEIPDv2: the same plaintext packets under a fresh session key as one SEIPDv1 message
 * (AES-256 in CFB mode with a SHA-1 at its end, RFC 9580 section 5.13.1). Weaker than what is stored: whoever opens it must
 * wait for its end before believing any of it, so it is made only to leave the portal.
 *
 * @throws EnvelopeFault `unusable-key` when the key has expired or been revoked by `at`; before anything is yielded.
 */
export async function outsideMessage(
  plain: PlainPackets,
  recipient: Pick<RecipientKey, 'publicKey'>,
  at: Date,
): Promise<AsyncGenerator<Uint8Array>> {
  const sessionKey = newSessionKey();
  const packet = await oldSessionKeyPacket(sessionKey, recipient, at);
  const length = 1 + BLOCK_BYTES + 2 + plain.bytes + DIGEST_HEADER.length + DIGEST_BYTES;
  return messageOf([packet], sealOld(plain.octets, sessionKey), length);
}

/** A session-key packet of version 3 (RFC 9580 section 5.1.1). */
async function oldSessionKeyPacket(sessionKey: Uint8Array, recipient: Pick<RecipientKey, 'publicKey'>, at: Date): Promise<Uint8Array> {
  const encryptionKeys = await parsed(recipient.publicKey);
  try {
    const config = { ...SETTINGS, aeadProtect: false };
    return await encryptSessionKey({ data: sessionKey, algorithm: 'aes256', encryptionKeys, format: 'binary', date: at, config });
  } catch (cause) {
    throw new EnvelopeFault(EnvelopeFaultCode.UnusableKey, 'This key is expired, revoked, too weak or has no encryption key.', { cause });
  }
}

async function* sealOld(plain: AsyncIterable<Uint8Array>, sessionKey: Uint8Array): AsyncGenerator<Uint8Array> {
  const random = randomBytes(BLOCK_BYTES);
  const prefix = Buffer.concat([random, random.subarray(BLOCK_BYTES - 2)]);
  const cipher = createCipheriv('aes-256-cfb', sessionKey, Buffer.alloc(BLOCK_BYTES));
  const hash = createHash('sha1').update(prefix);
  yield Buffer.concat([Buffer.from([PACKET_VERSION]), cipher.update(prefix)]);
  for await (const piece of plain) {
    hash.update(piece);
    yield cipher.update(piece);
  }
  const digest = hash.update(DIGEST_HEADER).digest();
  yield Buffer.concat([cipher.update(DIGEST_HEADER), cipher.update(digest), cipher.final()]);
}
