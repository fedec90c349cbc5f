import { describe, expect, it } from '@jest/globals';
import { EnvelopeFault } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import { BlobMissing } from '../store/blob-store.js';
import { kindOfFault, Setbacks } from './setbacks.js';

const [one, other] = ['one', 'other'] as unknown as [ItemId, ItemId];

describe('an exhibit over which a job failed', () => {
  it('is told of once for each way in a row, and anew after it was over', () => {
    const setbacks = new Setbacks(10, 100);
    expect([setbacks.add(one, 'missing', 0), setbacks.add(one, 'missing', 0), setbacks.add(one, 'EIO', 0), setbacks.add(other, 'EIO', 0)]).toEqual([true, false, true, true]);
    expect([setbacks.times(one, 'missing'), setbacks.times(one, 'EIO')]).toEqual([0, 1]);
    setbacks.over(one);
    expect(setbacks.add(one, 'EIO', 0)).toBe(true);
  });

  it('waits by itself, twice as long after each time and never longer than it may', () => {
    const setbacks = new Setbacks(10, 100);
    const waits = Array.from({ length: 6 }, () => {
      setbacks.add(one, 'missing', 1_000);
      let waited = 0;
      while (setbacks.isWaiting(one, 1_000 + waited)) waited += 1;
      return waited;
    });
    expect(waits).toEqual([10, 20, 40, 80, 100, 100]);
    expect(setbacks.isWaiting(other, 1_000)).toBe(false);
    setbacks.over(one);
    expect(setbacks.isWaiting(one, 1_000)).toBe(false);
  });
});

it.each([
  [new BlobMissing(), 'missing'],
  [new EnvelopeFault('no-key', 'x'), 'no-key'],
  [Object.assign(new Error('/a/path'), { code: 'EIO' }), 'EIO'],
  [new TypeError('a secret'), 'TypeError'],
  ['thrown', 'unknown'],
])('of %j only its kind is said', (fault, kind) => {
  expect(kindOfFault(fault)).toBe(kind);
});
