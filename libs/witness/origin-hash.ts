import { createHash } from 'node:crypto';

/** The name of a log in a witness's addresses and files: the SHA-256 of its origin in lower-case hexadecimal (C2SP tlog-witness). */
export function originHash(origin: string): string {
  return createHash('sha256').update(origin, 'utf8').digest('hex');
}
