/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * The bytes of `text` (attacker-controlled), or undefined unless it is the one canonical base64 of those bytes:
 * no white space, no missing padding, no stray bits in the last letter.
 */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  return toBase64(bytes) === text ? bytes : undefined;
}

const DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;

/**
 * The number that `text` (attacker-controlled) writes in ASCII decimal without leading zeroes, or undefined.
 * Sizes above 2^53 - 1 are refused rather than rounded.
 */
export function fromDecimal(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
