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

/** `ASH-2026-0001`. The number counts the lead agency's own investigations of that year. */
export function referenceOf(prefix: string, year: number, number: number): string {
  return `${prefix}-${year}-${String(number).padStart(4, '0')}`;
}
