import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a request's Authorization header (attacker-controlled) is that of the bearer of `token` (RFC 6750). Compared by
 * digest, in a time that says nothing of how much of it was right.
 */
export function bears(authorization: string | string[] | undefined, token: string): boolean {
  if (typeof authorization !== 'string') return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization), digest(`Bearer ${token}`));
}
