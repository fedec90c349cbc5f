import { describe, expect, it } from '@jest/globals';
import { RecentLooks } from './recent-looks.js';

describe('looks that were recorded a short while ago', () => {
  const at = (seconds: number): Date => new Date(1_700_000_000_000 + seconds * 1000);

  it('are recent for their session alone, until the while is over', () => {
    const looks = new RecentLooks(60_000);
    expect(looks.isRecent('a', at(0))).toBe(false);
    looks.note('a', at(0));
    expect([looks.isRecent('a', at(0)), looks.isRecent('a', at(59)), looks.isRecent('b', at(1))]).toEqual([true, true, false]);
    expect(looks.isRecent('a', at(60))).toBe(false);
  });

  it('are not stretched by being asked for, and not recent to a clock that was set back', () => {
    const looks = new RecentLooks(60_000);
    looks.note('a', at(100));
    expect(looks.isRecent('a', at(159))).toBe(true);
    expect(looks.isRecent('a', at(160))).toBe(false);
    expect(looks.isRecent('a', at(99))).toBe(false);
  });

  it('are forgotten once they are over, however many sessions there were', () => {
    const looks = new RecentLooks(60_000);
    for (let session = 0; session < 1_000; session += 1) looks.note(String(session), at(session));
    expect((looks as unknown as { recorded: ReadonlyMap<string, number> }).recorded.size).toBeLessThanOrEqual(61);
  });
});
