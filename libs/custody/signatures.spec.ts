import { beforeAll, describe, expect, it } from '@jest/globals';
import { newKeyPair, OpenedKey, type LockedKeyPair } from '../envelope/index.js';
import { CustodyAct, firstBadSignature, nextEvent, readSignature, signedText, signingKeys, type CustodyEvent, type SigningKeys } from './index.js';

const AT = new Date('2026-11-28T09:00:00Z');
const PASSPHRASE = 'a passphrase for this test';
const BY = { id: 'a1', name: 'Amira Rahman', agency: 'ashworth', agencyName: 'Ashworth Borough Council', roles: ['environmental-health-officer'] };

async function pairOf(version: 4 | 6): Promise<{ pair: LockedKeyPair; key: OpenedKey }> {
  const pair = await newKeyPair({ name: 'Ashworth', passphrase: PASSPHRASE, at: AT, lifeSeconds: 0, version });
  return { pair, key: await OpenedKey.unlock(pair.lockedKey, PASSPHRASE) };
}

/** A chain of `length` events, each signed by `key`. */
async function signedChain(key: OpenedKey, length: number): Promise<CustodyEvent[]> {
  const events: CustodyEvent[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const act = seq === 1 ? CustodyAct.Deposited : CustodyAct.Opened;
    events.push(await signed(nextEvent(events.at(-1), { exhibit: 'x', act, at: AT, by: BY, signer: key.fingerprint }), key));
  }
  return events;
}

async function signed(event: CustodyEvent, key: OpenedKey): Promise<CustodyEvent> {
  return { ...event, signature: await key.sign(Buffer.from(signedText(event)), AT) };
}

describe.each([4, 6] as const)('a chain signed with a version %d key', (version) => {
  let events: CustodyEvent[];
  let key: OpenedKey;
  let keys: SigningKeys;

  beforeAll(async () => {
    const made = await pairOf(version);
    key = made.key;
    keys = signingKeys([made.pair.publicKey]);
    events = await signedChain(key, 3);
  });

  it('holds for whoever was given the key, known by its own fingerprint', () => {
    expect([...keys.keys()]).toEqual([key.fingerprint]);
    expect(firstBadSignature(events, keys)).toBeUndefined();
  });

  it('is not believed for a key that was not given', () => {
    expect(firstBadSignature(events, new Map())).toMatchObject({ seq: 1, code: 'unknown-signer' });
  });

  it('names the event whose signature was taken off, moved, or is another key’s under this name', async () => {
    expect(firstBadSignature(changed({ signature: undefined }), keys)).toMatchObject({ seq: 2, code: 'unsigned' });
    expect(firstBadSignature(changed({ signature: events[0]?.signature }), keys)).toMatchObject({ seq: 2, code: 'bad-signature' });
    const forger = (await pairOf(version)).key;
    const forged = await signed(nextEvent(events[0], { exhibit: 'x', act: CustodyAct.Viewed, at: AT, by: BY, signer: key.fingerprint }), forger);
    expect(firstBadSignature(changed(forged), keys)).toMatchObject({ seq: 2, code: 'bad-signature' });
  });

  it('believes no event of the time before signatures after one that is signed', () => {
    const [first] = events;
    expect(firstBadSignature([{ ...events[0], version: 1, signer: undefined, signature: undefined } as CustodyEvent], keys)).toBeUndefined();
    expect(firstBadSignature([...(first ? [first] : []), { ...events[1], version: 1 } as CustodyEvent], signingKeys([]))).toMatchObject({ code: 'unknown-signer' });
    const late = { ...events[1], version: 1, signer: undefined, signature: undefined } as CustodyEvent;
    expect(firstBadSignature(first ? [first, late] : [], keys)).toMatchObject({ seq: 2, code: 'unsigned' });
  });

  it('holds with no bit of a signature changed, and reads none that was cut', () => {
    const signature = events[1]?.signature ?? new Uint8Array();
    for (let at = 0; at < signature.length; at += 1) {
      const other = Uint8Array.from(signature, (octet, place) => (place === at ? octet ^ 1 : octet));
      const outside = isUnsigned(signature, at);
      expect({ at, fault: firstBadSignature(changed({ signature: other }), keys)?.code }).toEqual({ at, fault: outside ? undefined : 'bad-signature' });
      expect(readSignature(signature.subarray(0, at))).toBeUndefined();
    }
    expect(readSignature(Uint8Array.from([...signature, 0]))).toBeUndefined();
  });

  function changed(change: Partial<CustodyEvent>): CustodyEvent[] {
    const [first, second] = events;
    return first && second ? [first, { ...second, ...change }] : [];
  }
});

/** Octets that a signature carries and does not cover: its unhashed subpackets and the two first octets of the hash (RFC 9580 section 5.2.3). */
function isUnsigned(signature: Uint8Array, at: number): boolean {
  const version = signature[2] ?? 0;
  const width = version === 4 ? 2 : 4;
  const read = (from: number): number => signature.subarray(from, from + width).reduce((number, octet) => number * 256 + octet, 0);
  const hashedEnd = 2 + 4 + width + read(6);
  const restEnd = hashedEnd + width + read(hashedEnd);
  return at >= hashedEnd + width && at < restEnd + 2;
}
