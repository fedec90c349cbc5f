import { createHash } from 'node:crypto';
import type { RandomAccess } from '../../libs/archive/index.js';
import { writeBundle, type BundledEntry, type BundledExhibit, type BundleParts } from '../../libs/bundle/index.js';
import { CustodyAct, nextEvent, type CustodyEvent } from '../../libs/custody/index.js';
import { newKeyPair, OpenedKey, type LockedKeyPair } from '../../libs/envelope/index.js';
import { canonicalJson, must } from '../../libs/kernel/index.js';
import { ed25519Signer, signNote } from '../../libs/note/index.js';
import { formatProofFile, hashLeaf, makeInclusionProof } from '../../libs/tlog/index.js';
import { formatEntryFile, leafHashOf, type BundleTrust, type EntryFile } from '../../libs/verifier/index.js';
import { parsePolicy } from '../../libs/witness/index.js';
import { oracleWitness } from '../vectors/tlog/cosignature-oracle.js';
import { memoryReader } from '../vectors/tlog/oracle.js';
import { TestLog } from '../vectors/tlog/two-histories.js';

const ORIGIN = 'demonstration.example/ledger';
const PASSPHRASE = 'only for this test';
const AT = Date.UTC(2026, 5, 16, 9, 0);

/** The key of whoever signs in a test: `ed25519Signer` of the same seed as the `TestLog` of that name. */
const signerOf = (origin: string): ReturnType<typeof ed25519Signer> => ed25519Signer(origin, oracleWitness(origin, createHash('sha256').update(origin).digest()).privateKey);

/** Signs as the ledger called `origin` does. */
export function signAs(origin: string): (text: string) => string {
  const signer = must(signerOf(origin));
  return (text) => must(signNote(text, [signer]));
}

/** A file that lies in memory. */
export function inMemory(octets: Uint8Array): RandomAccess {
  return { size: octets.length, read: (offset, length) => Promise.resolve(octets.subarray(offset, offset + length)) };
}

/** A bundle with everything that made it, so that a test can make it again in another way. */
export interface CourtBundle {
  readonly octets: Buffer;
  readonly trust: Required<BundleTrust>;
  readonly policyText: string;
  readonly verifierKey: string;
  readonly parts: BundleParts;
}

/** What an exhibit of a test is made of. */
interface Given {
  readonly reference: string;
  readonly fileName: string;
  readonly content: Uint8Array;
  readonly acts: readonly CustodyAct[];
}

const GIVEN: readonly Given[] = [
  { reference: 'AR/1', fileName: '../../x.jpg', content: Buffer.alloc(70_000, 'kitchen '), acts: [CustodyAct.Deposited, CustodyAct.Shared, CustodyAct.Opened, CustodyAct.Opened] },
  { reference: 'AR/2', fileName: 'CON', content: Buffer.from('a short note'), acts: [CustodyAct.Deposited, CustodyAct.Opened] },
  { reference: 'PS/1', fileName: `${'a'.repeat(296)}.pdf`, content: Buffer.alloc(300_000, 7), acts: [CustodyAct.Deposited] },
];

/** A bundle of three exhibits, signed by a ledger of 60 entries that two witnesses cosigned. `origin` names another ledger than the usual one. */
export async function courtBundle({ origin = ORIGIN, given = GIVEN, things = [] }: { readonly origin?: string; readonly given?: readonly Given[]; readonly things?: readonly Given[] } = {}): Promise<CourtBundle> {
  const log = new TestLog(origin);
  const witnesses = ['a.example/witness', 'b.example/witness'].map((name, at) => oracleWitness(name, new Uint8Array(32).fill(at + 1)));
  const policyText = [`log ${log.verifierKey}`, ...witnesses.map(({ verifierKey }, at) => `witness w${at} ${verifierKey}`), 'group g all w0 w1', 'quorum g', ''].join('\n');
  const pair = await newKeyPair({ name: 'Ashworth Borough Council', passphrase: PASSPHRASE, at: new Date(AT - 1000), lifeSeconds: 0, version: 4 });
  const exhibits = await Promise.all(given.map((one, at) => exhibitOf(one, at, pair)));
  const shelf = await Promise.all(things.map((one, at) => exhibitOf(one, exhibits.length + at, pair, true)));
  const entries = await entriesOf([...exhibits, ...shelf], log, (text) => text + witnesses.map((witness) => witness.cosign(text.slice(0, text.indexOf('\n\n') + 1), 1_790_000_000)).join(''));
  const parts: BundleParts = {
    id: '7d1c8a52-6a0e-4b57-9d3f-0c1f2e3d4a5b',
    madeAt: '2026-06-20T10:00:00.000Z',
    madeBy: { name: 'Amira Rahman', agency: 'Ashworth Borough Council' },
    recipients: 'Northmoor Magistrates’ Court',
    reason: 'Prosecution of <b>Golden Fork</b> Ltd',
    purpose: 'food-safety',
    clause: null,
    investigation: { reference: 'ABC-2026-0001', title: 'Golden Fork' },
    marking: 'OFFICIAL-SENSITIVE',
    ledger: origin,
    exhibits,
    things: shelf.map(({ id, reference, title, description, marking, producer, agency, depositedAt, chain }) => ({ id, reference, title, description, marking, producer, agency, depositedAt, chain })),
    entries: () => Promise.resolve(entries),
    ledgerKey: log.verifierKey,
    witnesses: policyText,
    keys: [{ fingerprint: pair.fingerprint, publicKey: pair.publicKey }],
    pdf: (report) => Promise.resolve(Buffer.from(`%PDF-1.7 ${report.title}`)),
    page: Buffer.from('<!doctype html><title>Check a bundle</title>'),
    sign: signAs(origin),
  };
  return { octets: await gathered(writeBundle(parts)), trust: { key: log.verifier, policy: must(parsePolicy(policyText)) }, policyText, verifierKey: log.verifierKey, parts };
}

/** All octets of a stream. */
export async function gathered(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function exhibitOf({ reference, fileName, content, acts }: Given, at: number, pair: LockedKeyPair, isThing = false): Promise<BundledExhibit> {
  const id = `00000000-0000-4000-8000-00000000000${at}`;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const chain: CustodyEvent[] = [];
  const opened = await OpenedKey.unlock(pair.lockedKey, PASSPHRASE);
  for (const act of acts) {
    const by = { id: 'a1', name: 'Amira Rahman', agency: 'ashworth', agencyName: 'Ashworth Borough Council', roles: ['environmental-health-officer'] };
    const event = nextEvent(chain.at(-1), { exhibit: id, act, at: new Date(AT + chain.length * 60_000), by, sha256: isThing ? undefined : sha256, signer: pair.fingerprint, reason: 'for the file' });
    chain.push({ ...event, signature: await opened.sign(Buffer.from(`concordat custody event\n${event.hash}\n`), event.at) });
  }
  return {
    id, reference, fileName, sha256, chain, title: `Exhibit ${reference}`, description: 'As found.\n<script>alert(1)</script>', marking: 'OFFICIAL-SENSITIVE',
    producer: 'Amira Rahman', agency: 'Ashworth Borough Council', depositedAt: new Date(AT).toISOString(), mediaType: 'application/octet-stream', size: content.length,
    octets: () => piecesOf(content),
  };
}

async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 262_144) yield await Promise.resolve(content.subarray(at, at + 262_144));
}

/** An entry for every event but the sharing, which the event after it covers; the last of the second exhibit is not signed for yet, that of the third not to be read. */
async function entriesOf(exhibits: readonly BundledExhibit[], log: TestLog, cosign: (note: string) => string): Promise<readonly BundledEntry[]> {
  const recorded = exhibits.flatMap(({ id, chain }) => chain.filter(({ act }) => act !== CustodyAct.Shared).map(({ seq, hash }) => ({ id, seq, file: entryOf(id, hash) })));
  const leaves = [...Array.from({ length: 53 }, (_, at) => hashLeaf(Buffer.from(`other ${at}`))), ...recorded.map(({ file }) => leafHashOf(file))];
  const checkpoint = cosign(log.checkpoint(leaves));
  return Promise.all(recorded.map(async ({ id, seq, file }, at) => {
    const path = must(await makeInclusionProof(memoryReader(leaves), 53 + at, leaves.length));
    const isWaiting = id.endsWith('1') && seq === 2;
    return {
      exhibit: id, seq, leaf: Buffer.from(leafHashOf(file)).toString('base64'),
      proof: isWaiting ? null : formatProofFile({ index: 53 + at, path, checkpoint }),
      entry: id.endsWith('2') ? null : formatEntryFile(file),
    };
  }));
}

function entryOf(id: string, custody: string): EntryFile {
  return { salt: new Uint8Array(16).fill(9), body: canonicalJson({ verb: 'exhibit.open', outcome: 'done', subject: { kind: 'exhibit', id }, details: { custody, items: [id] } }) };
}
