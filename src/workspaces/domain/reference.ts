import { randomBytes } from 'node:crypto';
import { spokenCode } from '../../../libs/kernel/index.js';

const SHORTEST = 3;

/**
 * The letters an agency's references begin with: the first three of its code, more where another agency has those.
 * Prefixes are given to all agencies in the order they joined, which everybody knows, so that no prefix tells whether
 * another agency has cases.
 *
 * @param code - the agency's code, for example `ashworth`.
 * @param taken - prefixes given before.
 */
export function prefixFor(code: string, taken: ReadonlySet<string>): string {
  const letters = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '').padEnd(SHORTEST, 'X');
  for (let length = SHORTEST; length <= letters.length; length += 1) {
    const prefix = letters.slice(0, length);
    if (!taken.has(prefix)) return prefix;
  }
  for (let number = 2; ; number += 1) {
    const prefix = `${letters}${number}`;
    if (!taken.has(prefix)) return prefix;
  }
}

const LENGTH = 6;

/**
 * `ASH-2026-7K2MQX`: 30 random bits. A counted number would tell an invited agency how many investigations the lead has
 * that it may not see (law 3).
 */
export function newReference(prefix: string, year: number, bytes: Uint8Array = randomBytes(LENGTH)): string {
  return `${prefix}-${year}-${spokenCode(bytes.subarray(0, LENGTH))}`;
}
