/**
 * In place of `node:buffer` and of Node's global `Buffer`, on which the parts of the verifier that run in Node too work. Its one
 * other name is asked for by parts that no bundle needs.
 */
export { Buffer } from 'buffer';

/** Whether octets are UTF-8. */
export function isUtf8(octets: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(octets);
    return true;
  } catch {
    return false;
  }
}
