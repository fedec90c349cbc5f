import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SessionId } from '../../../libs/kernel/index.js';

/** The form token of one session: HMAC-SHA-256 of the session id under the deployment's cookie secret, base64url. */
export function csrfToken(secret: string, sessionId: SessionId): string {
  return createHmac('sha256', secret).update(`csrf:${sessionId}`).digest('base64url');
}

/** Whether `offered` (attacker-controlled) is the form token of this session. Constant time. */
export function isCsrfToken(secret: string, sessionId: SessionId, offered: unknown): boolean {
  if (typeof offered !== 'string') return false;
  const expected = Buffer.from(csrfToken(secret, sessionId));
  const given = Buffer.from(offered);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
