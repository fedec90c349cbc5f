import { beforeAll, describe, expect, it } from '@jest/globals';
import { CustodyAct, nextEvent, signedText, signingKeys, type CustodyEvent, type SigningKeys } from '../../../libs/custody/index.js';
import { newKeyPair, OpenedKey } from '../../../libs/envelope/index.js';
import { checkBusiness, type BusinessReader, type EmptyClaim, type KeptChain, type KeptRow } from './check-business.js';

const AT = new Date('2026-11-28T09:00:00Z');
const EXHIBIT = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const ROW: KeptRow = { name: 'note n', by: 'amira', at: AT, recorded: { entryId: 'e', by: 'amira', at: AT } };

let signers: SigningKeys;
const signatures = new Map<string, Uint8Array>();
let signer: OpenedKey;

beforeAll(async () => {
  const pair = await newKeyPair({ name: 'Ashworth', passphrase: 'a passphrase', at: AT, lifeSeconds: 0, version: 4 });
  signer = await OpenedKey.unlock(pair.lockedKey, 'a passphrase');
  signers = signingKeys([pair.publicKey]);
  for (const acts of [['deposited', 'opened', 'shared'], ['deposited', 'shared']] as const) {
    for (const event of chainOf(...acts)) signatures.set(event.hash, await signer.sign(Buffer.from(signedText(event)), AT));
  }
});

/** A chain of these acts, each by the same person. */
function chainOf(...acts: readonly CustodyAct[]): readonly CustodyEvent[] {
  const by = { id: 'amira', name: 'Amira Rahman', agency: 'ashworth', agencyName: 'Ashworth', roles: [] };
  const events: CustodyEvent[] = [];
  for (const act of acts) events.push(nextEvent(events.at(-1), { exhibit: EXHIBIT, act, at: AT, by, sha256: 'a'.repeat(64), signer: signer.fingerprint }));
  return events.map((event) => ({ ...event, signature: signatures.get(event.hash) }));
}

/** The ledger names these links of a chain. */
function namedBy(events: readonly CustodyEvent[], ...links: readonly number[]): KeptChain {
  return { exhibit: EXHIBIT, events, named: links.map((link) => ({ entryId: `entry of ${link}`, hash: events[link - 1]?.hash ?? '' })) };
}

function reading(stored: { readonly rows?: readonly KeptRow[]; readonly claims?: readonly EmptyClaim[]; readonly chains?: readonly KeptChain[] }): BusinessReader {
  // eslint-disable-next-line @typescript-eslint/require-await -- rows as a database gives them
  async function* each<T>(of: readonly T[] = []): AsyncGenerator<T> {
    yield* of;
  }
  return { rows: () => each(stored.rows), claims: () => each(stored.claims), chains: () => each(stored.chains), signers: () => Promise.resolve(signers) };
}

async function said(reader: BusinessReader): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { code, message } of checkBusiness(reader)) found.push(`${code}: ${message}`);
  return found;
}

describe('comparing what is stored with what is recorded', () => {
  it('finds nothing where all of it belongs together', async () => {
    const chain = namedBy(chainOf('deposited', 'opened', 'shared'), 1, 2);
    expect(await said(reading({ rows: [ROW, { ...ROW, at: undefined }], chains: [chain] }))).toEqual([]);
  });

  it('names a row without an entry, and one that is another\'s or of another time than its entry says', async () => {
    const rows: KeptRow[] = [{ ...ROW, recorded: undefined }, { ...ROW, by: 'priya' }, { ...ROW, at: new Date(AT.getTime() - 1) }];
    expect(await said(reading({ rows }))).toEqual([
      'row-unrecorded: No entry says that note n was made: it was put in.',
      'row-differs: Of note n another person is stored than entry e says.',
      'row-differs: Of note n the time 2026-11-28T08:59:59.999Z is stored; entry e says 2026-11-28T09:00:00.000Z.',
    ]);
  });

  it('names an entry that made what is gone, by its place where it has one', async () => {
    const claims: EmptyClaim[] = [{ entryId: 'e', index: 7, name: 'note n' }, { entryId: 'f', index: undefined, name: 'record r' }];
    expect(await said(reading({ claims }))).toEqual([
      'row-missing: Entry 7 (e) says that note n was made, and it is not there.',
      'row-missing: Entry (f) says that record r was made, and it is not there.',
    ]);
  });

  it.each<[string, () => KeptChain, readonly string[]]>([
    ['a link altered', () => namedBy(chainOf('deposited', 'opened').map((event) => (event.seq === 1 ? { ...event, reason: 'X' } : event)), 1, 2), ['custody-broken']],
    ['a link taken out', () => namedBy(chainOf('deposited', 'opened').slice(1), 1), ['custody-broken']],
    ['the newest link cut off', () => ({ ...namedBy(chainOf('deposited'), 1), named: [{ entryId: 'a', hash: chainOf('deposited')[0]?.hash ?? '' }, { entryId: 'b', hash: 'f'.repeat(64) }] }), ['custody-cut']],
    ['a link put on', () => namedBy(chainOf('deposited', 'opened'), 1), ['custody-unrecorded']],
    ['all of it gone', () => namedBy([]), ['custody-broken']],
    ['all of it written anew', () => ({ ...namedBy(chainOf('deposited')), named: [{ entryId: 'a', hash: 'f'.repeat(64) }] }), ['custody-cut', 'custody-unrecorded']],
    ['a signature taken off', () => namedBy(chainOf('deposited', 'opened').map((event) => ({ ...event, signature: undefined })), 1, 2), ['custody-unsigned']],
    ['a signature of another event', () => namedBy(chainOf('deposited', 'opened').map((event, _, [first]) => ({ ...event, signature: first?.signature })), 1, 2), ['custody-unsigned']],
  ])('names a chain of custody with %s', async (_, chain, codes) => {
    expect((await said(reading({ chains: [chain()] }))).map((finding) => finding.split(':')[0])).toEqual(codes);
  });

  it('asks of no key that was added for an agency that an entry names it', async () => {
    expect(await said(reading({ chains: [namedBy(chainOf('deposited', 'shared'), 1)] }))).toEqual([]);
  });
});
