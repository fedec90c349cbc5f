import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHAIN_START, CustodyAct, firstBrokenLink, isCustodyAct, nextEvent, parseReference, printReference, type CustodyEvent } from './index.js';

const EXHIBIT = 'AR/1';

function chainOf(length: number): CustodyEvent[] {
  const events: CustodyEvent[] = [];
  for (let seq = 1; seq <= length; seq += 1) events.push(nextEvent(events.at(-1), draft(seq)));
  return events;
}

function draft(seq: number): Parameters<typeof nextEvent>[1] {
  return {
    exhibit: EXHIBIT,
    act: seq === 1 ? CustodyAct.Deposited : CustodyAct.Opened,
    at: new Date(Date.UTC(2026, 0, 1, 9, seq)),
    by: { id: 'a1', name: 'Amira Rahman', agency: 'ashworth', agencyName: 'Ashworth Borough Council' },
    sha256: 'ab'.repeat(32),
    reason: `act ${seq}`,
  };
}

describe('a chain of custody', () => {
  it('begins at the start mark and links every event to the one before', () => {
    const [first, second] = chainOf(2);
    expect(first).toMatchObject({ seq: 1, previousHash: CHAIN_START });
    expect(second).toMatchObject({ seq: 2, previousHash: first?.hash });
    expect(firstBrokenLink(EXHIBIT, chainOf(5))).toBeUndefined();
  });

  it('keeps the hash it was published with', () => {
    expect(chainOf(1)[0]?.hash).toBe('e93eaaac3e81bd743a261f9f4c3e22060f646c6aafeca261d81c7d6a2dc21aee');
  });

  it('names the first link that was altered, whichever member and event it is', () => {
    const changes: ((event: CustodyEvent) => CustodyEvent)[] = [
      (event) => ({ ...event, act: CustodyAct.Returned }),
      (event) => ({ ...event, at: new Date(event.at.getTime() + 1) }),
      (event) => ({ ...event, by: { ...event.by, name: 'Somebody Else' } }),
      (event) => ({ ...event, by: { ...event.by, agencyName: 'Another Council' } }),
      (event) => ({ ...event, sha256: 'cd'.repeat(32) }),
      (event) => ({ ...event, reason: undefined }),
      (event) => ({ ...event, to: 'Northmoor Police' }),
      (event) => ({ ...event, hash: 'ef'.repeat(32) }),
    ];
    fc.assert(
      fc.property(fc.nat(9), fc.constantFrom(...changes), (at, change) => {
        const events = chainOf(10);
        const victim = events[at];
        if (victim) events[at] = change(victim);
        expect(firstBrokenLink(EXHIBIT, events)).toMatchObject({ seq: at + 1, code: 'altered' });
      }),
    );
  });

  it('names a link that was taken out, put in from elsewhere, or re-made without its successors', () => {
    const events = chainOf(4);
    expect(firstBrokenLink(EXHIBIT, events.toSpliced(1, 1))).toMatchObject({ seq: 2, code: 'missing' });
    expect(firstBrokenLink(EXHIBIT, [])).toMatchObject({ seq: 1, code: 'missing' });
    const remade = nextEvent(events[0], { ...draft(2), reason: 'another reason' });
    expect(firstBrokenLink(EXHIBIT, events.with(1, remade))).toMatchObject({ seq: 3, code: 'unlinked' });
    const foreign = nextEvent(undefined, { ...draft(1), exhibit: 'AR/2' });
    expect(firstBrokenLink(EXHIBIT, [foreign])).toMatchObject({ seq: 1, code: 'foreign' });
    const early = nextEvent(events[3], { ...draft(5), at: new Date(0) });
    expect(firstBrokenLink(EXHIBIT, [...events, early])).toMatchObject({ seq: 5, code: 'out-of-time' });
  });

  it('knows its acts', () => {
    expect(isCustodyAct('deposited')).toBe(true);
    expect(isCustodyAct('toString')).toBe(false);
  });
});

describe('exhibit references', () => {
  it('print and read as initials and number', () => {
    expect(printReference({ initials: 'AR', number: 1 })).toBe('AR/1');
    expect(parseReference('AR/12')).toEqual({ initials: 'AR', number: 12 });
  });

  it.each(['ar/1', 'AR/0', 'AR/01', 'AR1', '/1', 'AR/', 'AR/1 ', 'AR/1\n', 'AR/9999999999', 'ABCDEFGHI/1'])('refuse %j', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});
