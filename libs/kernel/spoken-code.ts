/** Crockford's base 32: no letter can be mistaken for another or for a digit, on the telephone or on paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A code people can say, one letter (5 bits) for each byte of `random`. References are made of it and not of counted
 * numbers, because a number would tell its reader how many others there are that he may not see.
 */
export function spokenCode(random: Uint8Array): string {
  return [...random].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}
