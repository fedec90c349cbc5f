import { percentile } from '../figures.js';

/** What a closed loop of askers measured. */
export interface Load {
  /** Answers per second. */
  readonly rate: number;
  /** Milliseconds within which 99 of 100 answers came. */
  readonly p99: number;
}

/**
 * Lets every one of `askers` ask again as soon as it is answered, for `seconds` after a warm-up of `warmUp` seconds.
 *
 * @throws whatever an asker throws: an answer that is an error is no figure.
 */
export async function load(askers: readonly (() => Promise<void>)[], { warmUp, seconds }: { warmUp: number; seconds: number }): Promise<Load> {
  const began = performance.now() + warmUp * 1000;
  const ends = began + seconds * 1000;
  const taken: number[] = [];
  await Promise.all(
    askers.map(async (ask) => {
      for (let now = performance.now(); now < ends; now = performance.now()) {
        await ask();
        if (now >= began) taken.push(performance.now() - now);
      }
    }),
  );
  return { rate: taken.length / seconds, p99: percentile(taken, 0.99) };
}
