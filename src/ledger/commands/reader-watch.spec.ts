import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReaderWatch } from './reader-watch.js';

describe('a reader who is watched', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const why = ({ signal }: ReaderWatch): unknown => signal.aborted && (signal.reason as Error).message;

  it('is let go of when she leaves what she was handed, and not while there is nothing to take', () => {
    const watch = new ReaderWatch(1_000, 60_000);
    jest.advanceTimersByTime(5_000);
    expect(why(watch)).toBe(false);
    for (let batch = 0; batch < 5; batch += 1) {
      watch.handed();
      jest.advanceTimersByTime(999);
      watch.took();
      jest.advanceTimersByTime(5_000);
    }
    expect(why(watch)).toBe(false);
    watch.handed();
    jest.advanceTimersByTime(1_000);
    expect(why(watch)).toBe('The reader took nothing for too long');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is let go of when all of it takes her too long, however steadily she takes', () => {
    const watch = new ReaderWatch(1_000, 10_000);
    for (let passed = 0; passed < 10_000; passed += 500) {
      watch.handed();
      jest.advanceTimersByTime(500);
    }
    expect(why(watch)).toBe('The reader took too long');
  });

  it('is not watched when everything is over', () => {
    const watch = new ReaderWatch(1_000, 10_000);
    watch.handed();
    watch.end();
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(60_000);
    expect(why(watch)).toBe(false);
  });
});
