import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/**
 * What people call an alert on the telephone, for example `AL-7K2M-QX4D`: 40 random bits in Crockford's base 32. Random,
 * because a counted number would tell one agency how many alerts the others had.
 */
export function newAlertReference(bytes: Uint8Array = randomBytes(LENGTH)): string {
  const letters = [...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  return `AL-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
