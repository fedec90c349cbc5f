import { describe, expect, it } from '@jest/globals';
import { Rounds } from './rounds.js';

/** A round that ends when it is let. */
function heldRound(): { readonly begun: AbortSignal[]; readonly release: () => void; readonly round: (signal: AbortSignal) => Promise<void> } {
  const begun: AbortSignal[] = [];
  let release = (): void => undefined;
  const round = (signal: AbortSignal): Promise<void> => {
    begun.push(signal);
    return new Promise((resolve) => {
      release = resolve;
    });
  };
  return { begun, release: () => release(), round };
}

describe('the rounds of a job', () => {
  it('are one at a time: who asks meanwhile joins the one in hand, and who asks after it begins another', async () => {
    const held = heldRound();
    const rounds = new Rounds(held.round, () => undefined);
    const both = [rounds.run(), rounds.run()];
    expect(held.begun).toHaveLength(1);
    held.release();
    await Promise.all(both);
    const next = rounds.run();
    expect(held.begun).toHaveLength(2);
    held.release();
    await next;
  });

  it('are begun again after one that failed, which is told of and rejects nothing', async () => {
    const told: string[] = [];
    let times = 0;
    const rounds = new Rounds(() => {
      times += 1;
      return times === 1 ? Promise.reject(new Error('the database went away')) : Promise.resolve();
    }, (why) => told.push(why));
    await rounds.run();
    await rounds.run();
    expect([times, told]).toEqual([2, ['the database went away']]);
  });

  it('end with the process: the one in hand is told to and waited for, and what it breaks off with is no failure', async () => {
    const told: string[] = [];
    const rounds = new Rounds(
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('broken off')), { once: true })),
      (why) => told.push(why),
    );
    const running = rounds.run();
    await rounds.stop();
    await running;
    expect(told).toEqual([]);
  });
});
