/** About eight hours of trying, after which a person must look. */
export const MAX_ATTEMPTS = 100;

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/**
 * How long to wait before the next attempt: 1 s, 2 s, 4 s ... up to 5 minutes, each shortened by up to a fifth at random,
 * so that jobs which failed together do not come back together.
 *
 * @param attemptsMade - how often it has been tried, at least 1.
 */
export function retryDelay(attemptsMade: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attemptsMade - 1, 20));
  return Math.round(full * (1 - Math.random() / 5));
}
