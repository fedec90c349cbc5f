import { createHash, randomBytes } from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A secret of 256 bits as base64url text: session tokens, the cookie of a browser that is signing in, RelayState. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether `text` (attacker-controlled) has the form of {@link newSecret}. */
export function isSecret(text: unknown): text is string {
  return typeof text === 'string' && TOKEN.test(text);
}

/** SHA-256 of the text of a secret: what is stored of it. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** An id for a SAML message: an XML name with 160 random bits (core section 1.3.4 asks for 128). */
export function newMessageId(): string {
  return `_${randomBytes(20).toString('hex')}`;
}
