import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DebtClock } from './debt-clock.js';

/** A debt clock, and the hand that moves its time on. */
function clockAt(noted = 0): { readonly after: (seconds: number, size: number, cosigned: number) => number } {
  let now = 1_000;
  const clock = new DebtClock(noted, () => now);
  return {
    after: (seconds, size, cosigned) => {
      now += seconds;
      return clock.tell(size, cosigned);
    },
  };
}

const steps = fc.array(fc.record({ seconds: fc.nat(600), grown: fc.nat(20) }), { minLength: 1 });

describe('the debt to the witnesses', () => {
  it('is nothing while every entry is vouched for, however long that lasts, and of a ledger without entries', () => {
    const { after } = clockAt();
    expect([after(5, 0, 0), after(3_600, 0, 0), after(10, 8, 8), after(86_400, 8, 9)]).toEqual([0, 0, 0, 0]);
  });

  it('grows with the time in which what is waited for goes without', () => {
    const { after } = clockAt();
    expect([after(1, 5, 5), after(2, 6, 5), after(7, 6, 5), after(0, 6, 5), after(1, 6, 5)]).toEqual([0, 2, 9, 9, 10]);
  });

  it('is not paid by a part: an entry short of what is waited for changes nothing', () => {
    const { after } = clockAt();
    expect([after(1, 10, 4), after(10, 10, 9), after(10, 30, 9)]).toEqual([1, 11, 21]);
  });

  it('begins anew once what was waited for is vouched for and younger entries wait', () => {
    const { after } = clockAt();
    expect([after(1, 10, 4), after(60, 12, 9), after(1, 15, 10), after(4, 20, 14), after(4, 20, 15)]).toEqual([1, 61, 0, 4, 0]);
  });

  it('is over at once when all are vouched for, and leaves nothing behind for the next', () => {
    const { after } = clockAt();
    expect([after(100, 10, 4), after(1, 10, 10), after(3, 11, 10)]).toEqual([100, 0, 3]);
    // The next is waited for afresh: ten no longer pays for anything.
    expect(after(3, 11, 10)).toBe(6);
  });

  it('is carried on from what was noted before a restart, and only until it is paid', () => {
    const { after } = clockAt(250);
    expect([after(0, 10, 4), after(5, 10, 4), after(1, 10, 10), after(1, 12, 10)]).toEqual([250, 255, 0, 1]);
  });

  it('is not put off by writing: entries that keep coming do not move what is waited for', () => {
    fc.assert(fc.property(fc.nat(10_000), steps, (noted, all) => {
      const { after } = clockAt(noted);
      let [size, passed] = [1, 0];
      for (const { seconds, grown } of all) {
        size += grown;
        passed += seconds;
        expect(after(seconds, size, 0)).toBe(noted + passed);
      }
    }));
  });

  it('is the same whether it is told often or once', () => {
    fc.assert(fc.property(fc.nat(10_000), fc.array(fc.nat(600), { minLength: 1 }), (noted, pieces) => {
      const [often, once] = [clockAt(noted), clockAt(noted)];
      const told = pieces.map((seconds) => often.after(seconds, 7, 3)).at(-1);
      expect(told).toBe(once.after(pieces.reduce((sum, seconds) => sum + seconds, 0), 7, 3));
    }));
  });

  it('is never below nothing, never more than the time there was, and nothing whenever all is vouched for', () => {
    const told = fc.array(fc.record({ seconds: fc.nat(600), size: fc.nat(30), cosigned: fc.nat(30) }));
    fc.assert(fc.property(fc.nat(10_000), told, (noted, all) => {
      const { after } = clockAt(noted);
      let most = noted;
      for (const { seconds, size, cosigned } of all) {
        most += seconds;
        const debt = after(seconds, size, cosigned);
        expect(debt).toBeGreaterThanOrEqual(0);
        expect(debt).toBeLessThanOrEqual(most);
        if (cosigned >= size) {
          expect(debt).toBe(0);
          most = 0;
        }
      }
    }));
  });
});
