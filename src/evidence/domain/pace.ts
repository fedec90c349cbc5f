/**
 * How many milliseconds to wait before more is read, so that no more than `bytesPerSecond` are over any time; 0 while it is slower
 * anyway.
 */
export function waitFor(bytes: number, elapsedMs: number, bytesPerSecond: number): number {
  return Math.max(0, Math.ceil((bytes / bytesPerSecond) * 1000 - elapsedMs));
}
