import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { CHAIN_START, CustodyAct, eventBody, eventOfRow, CUSTODY_COLUMNS, valuesOfEvent, firstBrokenLink, isCustodyAct, nextEvent, parseReference, printReference, type CustodyDraft, type CustodyEvent, type CustodyRow } from './index.js';

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

/** An act of which everything is said. */
const FULL: CustodyDraft = {
  ...draft(1),
  happenedAt: new Date('2026-01-01T08:55:00Z'),
  by: { ...draft(1).by, roles: ['environmental-health-officer'] },
  doneBy: 'PC Owen Hart',
  from: 'the kitchen drawer',
  to: 'Northmoor Police',
  toAgency: 'northmoor',
  location: 'Property store, shelf 4',
  sealBefore: 'B123',
  sealAfter: 'B124',
  about: 'AR/1/1',
  signer: 'ef'.repeat(20),
};

describe('a chain of custody', () => {
  it('begins at the start mark and links every event to the one before', () => {
    const [first, second] = chainOf(2);
    expect(first).toMatchObject({ seq: 1, previousHash: CHAIN_START });
    expect(second).toMatchObject({ seq: 2, previousHash: first?.hash });
    expect(firstBrokenLink(EXHIBIT, chainOf(5))).toBeUndefined();
  });

  it('keeps the hashes it was published with, in both versions of what is hashed', () => {
    const first = { ...draft(1), version: 1, seq: 1, previousHash: CHAIN_START, hash: 'e93eaaac3e81bd743a261f9f4c3e22060f646c6aafeca261d81c7d6a2dc21aee' } as const;
    expect(createHash('sha256').update(eventBody(first)).digest('hex')).toBe(first.hash);
    expect(firstBrokenLink(EXHIBIT, [first, nextEvent(first, draft(2))])).toBeUndefined();
    expect(nextEvent(undefined, FULL).hash).toBe('9337b595575423f9055ed0017d47e4c4414d2beb14b07cd44943d618057cf3ce');
  });

  it('hashes every column that is stored, but the hash and the signature themselves', () => {
    const event = { ...nextEvent(undefined, FULL), signature: Uint8Array.of(1) };
    const values = valuesOfEvent(event);
    const row = Object.fromEntries(CUSTODY_COLUMNS.map((column, at) => [column, values[at]])) as unknown as CustodyRow;
    expect(eventOfRow(row)).toEqual(event);
    expect(values).not.toContain(null);
    for (const column of CUSTODY_COLUMNS.filter((name) => !['hash', 'signature', 'version'].includes(name))) {
      const value = row[column];
      const other = value instanceof Date ? new Date(0) : typeof value === 'number' ? value + 1 : Array.isArray(value) ? ['auditor'] : `${String(value)}X`;
      expect({ column, code: firstBrokenLink('AR/1', [eventOfRow({ ...row, [column]: other })])?.code }).toEqual({ column, code: column === 'seq' ? 'missing' : column === 'item_id' ? 'foreign' : 'altered' });
    }
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
    expect(parseReference('AR/1/2/3')).toEqual({ initials: 'AR', number: 1, parts: [2, 3] });
    expect(printReference({ initials: 'AR', number: 1, parts: [2, 3] })).toBe('AR/1/2/3');
  });

  it.each(['ar/1', 'AR/0', 'AR/01', 'AR1', '/1', 'AR/', 'AR/1 ', 'AR/1\n', 'AR/9999999999', 'AR/1/', 'AR/1/0', 'AR/1//2', 'AR/1/1/1/1/1', 'ABCDEFGHI/1'])('refuse %j', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});
