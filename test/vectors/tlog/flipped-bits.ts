import { expect } from '@jest/globals';
import fc from 'fast-check';

/**
 * Holds an encoding against one turned bit, anywhere: it must no longer parse, or print as exactly what was read and
 * then not be believed. `parse` prints again what it read, or answers undefined; `isBelieved` is never asked about what
 * does not parse.
 */
export function expectNoFlippedBitIsBelieved(
  encoding: string,
  parse: (bytes: Uint8Array) => string | undefined,
  isBelieved: (bytes: Uint8Array) => boolean,
): void {
  const whole = Buffer.from(encoding, 'utf8');
  expect(parse(whole)).toBe(encoding);
  expect(isBelieved(whole)).toBe(true);
  fc.assert(
    fc.property(fc.nat(whole.length * 8 - 1), (bit) => {
      const bytes = Buffer.from(whole.map((byte, at) => (at === Math.floor(bit / 8) ? byte ^ (1 << bit % 8) : byte)));
      const printed = parse(bytes);
      if (printed === undefined) return;
      expect(Buffer.from(printed, 'utf8').equals(bytes)).toBe(true);
      expect(isBelieved(bytes)).toBe(false);
    }),
    { numRuns: 400 },
  );
}

/** The text of bytes, or undefined when they are not UTF-8. */
export function strictText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
