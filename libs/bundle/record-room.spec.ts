import { describe, expect, it } from '@jest/globals';
import { CustodyAct, nextEvent, type CustodyEvent } from '../custody/index.js';
import { BUNDLE_PATHS, eventsPath, isHeld } from './paths.js';
import { fitsVerifier, HELD, recordOctets } from './record-room.js';
import { writeBundle, type BundledExhibit } from './write-bundle.js';

const BY = { id: 'a1', name: 'Amira Rahman', agency: 'ashworth', agencyName: 'Ashworth Borough Council', roles: ['environmental-health-officer'] };
const AT = Date.UTC(2026, 5, 16, 9, 0);
const SHA = 'ab'.repeat(32);

/** A chain of so many events, each with as long a signature and as many words as there can be. */
function chainOf(events: number, reason: string): CustodyEvent[] {
  const chain: CustodyEvent[] = [];
  for (let at = 0; at < events; at += 1) {
    const event = nextEvent(chain.at(-1), { exhibit: 'x', act: CustodyAct.Examined, at: new Date(AT + at * 1_000), by: BY, sha256: SHA, signer: 'CD'.repeat(32), reason, location: 'The kitchen' });
    chain.push({ ...event, signature: new Uint8Array(600).fill(7) });
  }
  return chain;
}

const exhibitOf = (chain: readonly CustodyEvent[]): BundledExhibit => ({
  id: 'x', reference: 'AR/1', fileName: 'a.mp4', sha256: SHA, chain, title: 'T'.repeat(200), description: '<'.repeat(4_000), marking: 'OFFICIAL-SENSITIVE', producer: BY.name, agency: BY.agencyName,
  depositedAt: new Date(AT).toISOString(), mediaType: 'video/mp4', size: 1,
  octets: async function* () { yield await Promise.resolve(new Uint8Array(1)); },
});

/** How many octets of its record a verifier holds of a bundle that is really written: all of them, and of the largest file. */
async function written(chain: readonly CustodyEvent[]): Promise<{ readonly all: number; readonly largest: number }> {
  const files: number[] = [];
  const exhibit = exhibitOf(chain);
  const proof = 'p'.repeat(4_000);
  const stream = writeBundle({
    id: '7d1c8a52-6a0e-4b57-9d3f-0c1f2e3d4a5b', madeAt: new Date(AT).toISOString(), madeBy: BY, recipients: 'The court', reason: 'Prosecution', purpose: 'food-safety', clause: null,
    investigation: { reference: 'ABC-2026-0001', title: 'Golden Fork' }, marking: 'OFFICIAL-SENSITIVE', ledger: 'demonstration.example/ledger',
    exhibits: [exhibit],
    things: [],
    entries: () => Promise.resolve(chain.map(({ seq }) => ({ exhibit: 'x', seq, leaf: SHA, proof, entry: 'e'.repeat(2_500) }))),
    ledgerKey: 'key', witnesses: '', keys: [], pdf: () => Promise.resolve(new Uint8Array(1)), page: new Uint8Array(1), sign: (text) => text,
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('latin1');
  // The record names every file but the last few with its size.
  const record = /\{"clause":.*"ledger":.*\}\n/.exec(text)?.[0] ?? '';
  for (const [, path = '', size = ''] of record.matchAll(/"path":"([^"]+)","sha256":"[0-9a-f]{64}","size":(\d+)/g)) if (isHeld(path)) files.push(Number(size));
  files.push(record.length);
  expect(record).toContain(BUNDLE_PATHS.graph);
  expect(record).toContain(eventsPath('AR/1'));
  return { all: files.reduce((sum, size) => sum + size, 0), largest: Math.max(...files) };
}

describe('the record of a bundle', () => {
  it.each([
    ['of few words', 400, ''],
    ['of as many words as may be said', 60, 'x'.repeat(2_000)],
    ['of words that take more octets than letters', 60, '漢'.repeat(2_000)],
    ['of words that are escaped', 60, '<"&\''.repeat(500)],
  ])('%s is never longer than was counted before it was begun', async (_, events, reason) => {
    const chain = chainOf(events, reason);
    const { all, largest } = await written(chain);
    expect(all).toBeLessThanOrEqual(recordOctets([chain]));
    expect(largest).toBeLessThanOrEqual(recordOctets([chain]) * 0.3);
    // Nor is so much more counted that a bundle is refused which would be checked without trouble.
    expect(recordOctets([chain]) - 1_100_000).toBeLessThan(all * 4);
  });

  it('fits up to what a verifier holds, and not beyond', () => {
    const some = chainOf(1_000, '');
    expect(fitsVerifier([some])).toBe(true);
    expect(fitsVerifier(Array.from({ length: 4 }, () => some))).toBe(false);
    expect(HELD).toEqual({ oneFile: 16 * 1024 * 1024, all: 64 * 1024 * 1024 });
  });
});
