import { describe, expect, it } from '@jest/globals';
import { waitFor } from './pace.js';

describe('a bounded rate', () => {
  it.each([[0, 0, 10, 0], [100, 0, 100, 1_000], [100, 400, 100, 600], [100, 5_000, 100, 0], [1, 0, 3, 334]])('of %d bytes after %d ms at %d a second waits %d ms', (bytes, elapsed, rate, wait) => {
    expect(waitFor(bytes, elapsed, rate)).toBe(wait);
  });
});
