/**
 * One perfect subtree: `level` 0 is the leaves; node (l, i) covers leaves `i * 2^l` up to but not `(i + 1) * 2^l`.
 * Arithmetic is on doubles, not 32-bit operators, so indexes up to 2^53 - 1 are exact.
 */
export interface NodeAddress {
  readonly level: number;
  readonly index: number;
}

/** The leaves from `begin` up to but not including `end`. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** Whether `size` can be the number of leaves of a tree: a whole number from 0 to 2^53 - 1. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** The largest power of two below `size` (RFC 6962 section 2.1's k). `size` must be at least 2. */
export function splitPoint(size: number): number {
  let point = 1;
  while (point * 2 < size) point *= 2;
  return point;
}

/**
 * The perfect subtrees that together cover a range, left to right and largest first. The range must begin at a
 * multiple of the largest power of two that fits in it, as every range of an RFC 6962 proof does.
 */
export function perfectSubtrees(range: LeafRange): readonly NodeAddress[] {
  const nodes: NodeAddress[] = [];
  let begin = range.begin;
  while (begin < range.end) {
    let level = 0;
    while (begin + 2 ** (level + 1) <= range.end) level += 1;
    nodes.push({ level, index: begin / 2 ** level });
    begin += 2 ** level;
  }
  return nodes;
}

/** Whether the lowest bit of `value` is set, for values beyond 32 bits too. */
export function isOdd(value: number): boolean {
  return value % 2 === 1;
}

/** `value` without its lowest bit, for values beyond 32 bits too. */
export function half(value: number): number {
  return Math.floor(value / 2);
}
