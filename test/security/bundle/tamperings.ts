import { createHash } from 'node:crypto';
import { centralHeader, endOfArchive } from '../../../libs/archive/zip-layout.js';
import { openArchive, type ZipEntry } from '../../../libs/archive/index.js';
import { BUNDLE_PATHS, writeBundle, type BundledEntry, type BundledExhibit, type Chain } from '../../../libs/bundle/index.js';
import { eventBody, type CustodyEvent } from '../../../libs/custody/index.js';
import { newKeyPair, OpenedKey } from '../../../libs/envelope/index.js';
import { must } from '../../../libs/kernel/index.js';
import { formatEntryFile, parseEntryFile } from '../../../libs/verifier/index.js';
import { courtBundle, gathered, inMemory, type CourtBundle } from '../../builders/court-bundle.js';
import { OpenedBundle } from '../../builders/opened-bundle.js';

/** One way to tamper with a bundle: what is made of it, and what the verifier must say. */
export interface Tampering {
  readonly make: (bundle: CourtBundle) => Promise<Buffer> | Buffer;
  readonly says: string;
}

const ORIGIN = 'demonstration.example/ledger';
const [VIDEO, NOTE] = ['AR-1_x.jpg', 'AR-2_CON'];
const EVENTS = 'data/custody/AR-1.jsonl';
const SEALS = 'data/custody/AR-1.signatures.jsonl';

const opened = async ({ octets }: CourtBundle): Promise<OpenedBundle> => OpenedBundle.open(octets);
/** Somebody without any key, who leaves everything else as it is. */
const files = (change: (box: OpenedBundle) => OpenedBundle | Promise<OpenedBundle>) => async (bundle: CourtBundle): Promise<Buffer> => (await change(await opened(bundle))).zip();
/** The operator of the portal, who signs whatever he likes with the ledger's key. */
const operator = (change: (box: OpenedBundle) => OpenedBundle | Promise<OpenedBundle>, record?: Parameters<OpenedBundle['record']>[0]) => async (bundle: CourtBundle): Promise<Buffer> =>
  (await change(await opened(bundle))).record(record).sign(ORIGIN).zip();
/** The same, for whom the product writes the whole bundle anew around other exhibits or entries. */
const remade = (change: { readonly exhibits?: (exhibits: readonly BundledExhibit[]) => readonly BundledExhibit[] | Promise<readonly BundledExhibit[]>; readonly entries?: (entries: readonly BundledEntry[]) => readonly BundledEntry[] }) => async ({ parts }: CourtBundle): Promise<Buffer> =>
  gathered(writeBundle({ ...parts, exhibits: (await change.exhibits?.(parts.exhibits)) ?? parts.exhibits, entries: async () => change.entries?.(await parts.entries()) ?? parts.entries() }));
const firstChain = (change: (chain: Chain) => Chain | Promise<Chain>) => remade({ exhibits: async (exhibits) => Promise.all(exhibits.map(async (one, at) => (at === 0 ? { ...one, chain: await change(one.chain) } : one))) });
const entry = (at: number, change: (one: BundledEntry, all: readonly BundledEntry[]) => BundledEntry) => remade({ entries: (all) => all.map((one, index) => (index === at ? change(one, all) : one)) });

/** Every hash from the changed event on made anew, as somebody does who can write rows; signatures he cannot make. */
function rehashed(chain: Chain): Chain {
  const again: CustodyEvent[] = [];
  for (const event of chain) {
    const linked = { ...event, previousHash: again.at(-1)?.hash ?? '0'.repeat(64), seq: again.length + 1 };
    again.push({ ...linked, hash: createHash('sha256').update(eventBody(linked)).digest('hex') });
  }
  return again;
}

async function signedByAnother(chain: Chain): Promise<Chain> {
  const pair = await newKeyPair({ name: 'Nobody', passphrase: 'x', at: new Date(Date.UTC(2026, 0, 1)), lifeSeconds: 0, version: 4 });
  const key = await OpenedKey.unlock(pair.lockedKey, 'x');
  const [last] = rehashed(chain.map((event, at) => (at === chain.length - 1 ? { ...event, signer: pair.fingerprint } : event))).slice(-1);
  if (last === undefined) throw new Error('The chain is empty.');
  return [...chain.slice(0, -1), { ...last, signature: await key.sign(Buffer.from(`concordat custody event\n${last.hash}\n`), last.at) }];
}

/** The octets of an archive with its directory written anew; offsets and names are whatever is given. */
async function directory(octets: Buffer, change: (entries: readonly ZipEntry[]) => readonly ZipEntry[], raw: (header: Buffer, at: number) => Buffer = (header) => header, count?: number): Promise<Buffer> {
  const { entries } = await openArchive(inMemory(octets));
  const start = octets.lastIndexOf(Buffer.from(centralHeader(entries[0] as ZipEntry)));
  const headers = Buffer.concat(change(entries).map((one, at) => raw(Buffer.from(centralHeader(one)), at)));
  return Buffer.concat([octets.subarray(0, start), headers, endOfArchive({ entries: count ?? change(entries).length, offset: start, size: headers.length })]);
}
const archive = (...[change, raw, count]: readonly [((entries: readonly ZipEntry[]) => readonly ZipEntry[])?, ((header: Buffer, at: number) => Buffer)?, number?]) => ({ octets }: CourtBundle) => directory(octets, change ?? ((entries) => entries), raw, count);
const patched = (octets: Buffer, at: number, octet: number): Buffer => {
  const copy = Buffer.from(octets);
  copy[at] = octet;
  return copy;
};
const at0 = (offset: number, octet: number) => (header: Buffer, at: number): Buffer => (at === 0 ? patched(header, offset, octet) : header);
const named = (name: string) => async (bundle: CourtBundle): Promise<Buffer> => {
  const box = await opened(bundle);
  return box.zip((path) => (path.endsWith(NOTE) ? name : `${box.folder}/${path}`));
};

const IN_THE_FILE: Readonly<Record<string, Tampering>> = {
  'the end cut off': { make: ({ octets }) => octets.subarray(0, octets.length - 100), says: 'This is not a whole bundle' },
  'the beginning cut off': { make: ({ octets }) => octets.subarray(1_000), says: 'This is not a whole bundle' },
  'octets behind the end': { make: ({ octets }) => Buffer.concat([octets, Buffer.from('and more')]), says: 'This is not a whole bundle' },
  'a program before the beginning': { make: ({ octets }) => Buffer.concat([Buffer.from('#!/bin/sh\n'), octets]), says: 'This is not a whole bundle' },
  'a comment at the end': { make: ({ octets }) => Buffer.concat([patched(octets, octets.length - 2, 3), Buffer.from('new')]), says: 'This is not a whole bundle' },
  'another kind of file': { make: () => Buffer.from('%PDF-1.7 nothing of the kind'), says: 'This is not a whole bundle' },
  'an empty file': { make: () => Buffer.alloc(0), says: 'This is not a whole bundle' },
  'two files of one name': { make: async (bundle) => { const box = await opened(bundle); return box.zip(undefined, [...box.files.keys(), box.path(NOTE)]); }, says: `${NOTE}: there are two files of this name` },
  'two files that differ by a capital': { make: files((box) => box.set(box.path(NOTE).replace('CON', 'con'), 'another').manifests()), says: 'there are two files of this name' },
  'a name that leads out of the folder': { make: named('concordat-bundle/../../../home/x'), says: 'concordat-bundle/../../../home/x: no file of a bundle has such a name. Do not unpack it' },
  'a name from the root': { make: named('/etc/passwd'), says: '/etc/passwd: no file of a bundle has such a name' },
  'a name with backslashes': { make: named('a\\..\\b'), says: 'no file of a bundle has such a name' },
  'a name of a device': { make: named('x/CON.txt'), says: 'x/CON.txt: no file of a bundle has such a name' },
  'a name that no system takes': { make: named(`x/${'a'.repeat(300)}`), says: 'no file of a bundle has such a name' },
  'a name with a line end in it': { make: named('x/a\nPROVEN everything'), says: 'x/a?PROVEN everything: no file of a bundle has such a name' },
  'a file outside the folder': { make: named('elsewhere/note'), says: 'elsewhere/note: the file is not in the folder of the others' },
  'a link in the place of a file': { make: archive(undefined, at0(41, 0xa1)), says: `${VIDEO}: this is a link and not a file` },
  'a file that unpacks to a program': { make: archive(undefined, at0(40, 0xff)), says: `${VIDEO}: the directory describes the file in another way` },
  'a file said to be compressed': { make: archive(undefined, at0(10, 8)), says: `${VIDEO}: the file is compressed, which no file of a bundle is` },
  'a file said to be encrypted': { make: archive(undefined, at0(8, 9)), says: `${VIDEO}: the directory describes the file in another way` },
  'a file said to be longer than the archive': { make: archive((entries) => entries.map((one, at) => (at === 0 ? { ...one, size: 10_000_000_000 } : one))), says: 'the file does not begin where the one before it ends' },
  'ten thousand names for one file': { make: archive(([first, ...rest]) => [...Array.from({ length: 10_000 }, (_, at) => ({ ...(first as ZipEntry), name: `x/${at}` })), ...rest]), says: 'the file does not begin where the one before it ends' },
  'more files than there can be': { make: archive(undefined, undefined, 60_000), says: 'The archive lists more files than a bundle may have' },
  'a file left out of the directory': { make: archive((entries) => entries.filter((_, at) => at !== 1)), says: 'the file does not begin where the one before it ends' },
  'a directory that counts wrong': { make: archive(undefined, undefined, 7), says: 'does not list as many files as it says' },
  'a local header that tells another name': { make: ({ octets }) => patched(octets, 30, 0x78), says: `${VIDEO}: what stands before the file is not what the directory says of it` },
  'a local header that tells another method': { make: ({ octets }) => patched(octets, 8, 8), says: `${VIDEO}: what stands before the file is not what the directory says of it` },
  'other sizes behind a file': { make: async ({ octets }) => { const { entries } = await openArchive(inMemory(octets)); return patched(octets, (entries[1]?.offset ?? 0) - 4, 0xff); }, says: `${VIDEO}: what stands behind the file is not what the directory says of it` },
  'a checksum that is wrong in both places': { make: async (bundle) => { const wrong = await archive((entries) => entries.map((one, at) => (at === 0 ? { ...one, crc: 1 } : one)))(bundle); return wrong; }, says: `${VIDEO}: the file does not have the checksum (CRC-32)` },
  'octets hidden between two files': { make: ({ octets }) => hidden(octets, 1), says: 'the file does not begin where the one before it ends' },
  'octets hidden before the directory': { make: ({ octets }) => hidden(octets, Infinity), says: 'There is something between the last file and the directory' },
  'the files in another order': { make: async (bundle) => { const box = await opened(bundle); return box.zip(undefined, [...box.files.keys()].reverse()); }, says: 'The files stand in another order than the signed record names them in' },
};

/** Octets that belong to no file put before the file `before`, all offsets after it moved on. */
async function hidden(octets: Buffer, before: number): Promise<Buffer> {
  const { entries } = await openArchive(inMemory(octets));
  const start = octets.lastIndexOf(Buffer.from(centralHeader(entries[0] as ZipEntry)));
  const place = entries[before]?.offset ?? start;
  const headers = Buffer.concat(entries.map((one, at) => centralHeader(at < before ? one : { ...one, offset: one.offset + 6 })));
  const body = Buffer.concat([octets.subarray(0, place), Buffer.from('hidden'), octets.subarray(place, start)]);
  return Buffer.concat([body, headers, endOfArchive({ entries: entries.length, offset: body.length, size: headers.length })]);
}

const IN_THE_BAG: Readonly<Record<string, Tampering>> = {
  'a bit of an exhibit': { make: ({ octets }) => patched(octets, 200, (octets[200] ?? 0) ^ 1), says: `${VIDEO}: the file does not have the checksum` },
  'a bit of an exhibit, with its checksum': { make: files((box) => box.flip(box.path(VIDEO))), says: `${VIDEO} was altered: it does not have the hash that manifest-sha256.txt says` },
  'an exhibit altered, manifests rewritten': { make: files((box) => box.flip(box.path(VIDEO)).manifests()), says: `${VIDEO} was altered after the record was signed` },
  'an exhibit altered, manifests and record rewritten': { make: files((box) => box.flip(box.path(VIDEO)).record()), says: 'signed another record than bundle.json' },
  'an exhibit altered, all of it signed by another key': { make: files((box) => box.flip(box.path(VIDEO)).record().sign('other.example/ledger')), says: `bundle.note is no signature by ${ORIGIN}` },
  'an exhibit taken out': { make: files((box) => box.remove(box.path(NOTE))), says: `${NOTE} is missing: manifest-sha256.txt lists it` },
  'an exhibit taken out, manifests rewritten': { make: files((box) => box.remove(box.path(NOTE)).manifests()), says: `${NOTE} is missing: the signed record names it` },
  'an exhibit taken out, record rewritten': { make: files((box) => box.remove(box.path(NOTE)).record((record) => ({ ...record, exhibits: record.exhibits.filter(({ reference }) => reference !== 'AR/2') }))), says: 'signed another record than bundle.json' },
  'two exhibits swapped, manifests rewritten': { make: files((box) => swap(box, box.path(VIDEO), box.path(NOTE)).manifests()), says: `${VIDEO} was altered after the record was signed` },
  'an exhibit renamed, manifests rewritten': { make: files((box) => box.rename(box.path(NOTE), 'data/exhibits/AR-2/AR-2_other').manifests()), says: 'AR-2_other was added: the signed record does not name it' },
  'a file added': { make: files((box) => box.set('data/extra.txt', 'more')), says: 'data/extra.txt was added: manifest-sha256.txt does not list it' },
  'a file added, manifests rewritten': { make: files((box) => box.set('data/extra.txt', 'more').manifests()), says: 'data/extra.txt was added: the signed record does not name it' },
  'a tag file added, manifests rewritten': { make: files((box) => box.set('readme.txt', 'more').manifests()), says: 'readme.txt was added: the signed record does not name it' },
  'a line of a manifest taken out': { make: files((box) => box.edit('manifest-sha256.txt', (text) => text.slice(text.indexOf('\n') + 1)).tags()), says: 'was added: manifest-sha256.txt does not list it' },
  'a manifest in another order': { make: files((box) => box.edit('manifest-sha512.txt', (text) => `${text.trimEnd().split('\n').reverse().join('\n')}\n`).tags()), says: 'manifest-sha512.txt is not in its one spelling' },
  'one of two manifests altered': { make: files((box) => box.edit('manifest-sha512.txt', (text) => text.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))).tags()), says: 'it does not have the hash that manifest-sha512.txt says' },
  'a manifest taken out': { make: files((box) => box.remove('manifest-sha512.txt').tags()), says: 'manifest-sha512.txt is missing' },
  'a tag manifest taken out': { make: files((box) => box.remove('tagmanifest-sha256.txt')), says: 'tagmanifest-sha256.txt is missing' },
  'a manifest altered, tag manifest too': { make: files((box) => box.edit('manifest-sha256.txt', (text) => text.replace(/[0-9a-f]{8}/, '00000000')).tags()), says: 'it does not have the hash that manifest-sha256.txt says' },
  'another version of BagIt': { make: files((box) => box.edit('bagit.txt', (text) => text.replace('1.0', '0.97')).tags()), says: 'bagit.txt is missing or was altered' },
  'another count of the payload': { make: files((box) => box.edit('bag-info.txt', (text) => text.replace(/Oxum: \d/, 'Oxum: 9')).tags()), says: 'bag-info.txt is missing, was altered, or counts other files' },
  'another name in the record': { make: files((box) => box.edit('bundle.json', (text) => text.replace('Amira Rahman', 'Somebody Else')).manifests()), says: 'signed another record than bundle.json' },
  'a record spelt in another way': { make: files((box) => box.edit('bundle.json', (text) => text.replace('{', '{ ')).tags()), says: 'The record of the bundle is not in its one spelling' },
  'a record that says more': { make: files((box) => box.edit('bundle.json', (text) => text.replace('{', '{"a":1,')).tags()), says: 'The record of the bundle has other members' },
  'a record that is no text': { make: files((box) => box.set('bundle.json', Buffer.from([0xff, 0xfe])).tags()), says: 'The record of the bundle has other members' },
  'the signature taken out': { make: files((box) => box.remove('bundle.note').manifests()), says: 'bundle.note is no signature' },
  'the key replaced by that of whoever signed': { make: async () => (await courtBundle({ origin: 'other.example/ledger' })).octets, says: 'The bundle brings another key than the one you gave' },
  'the key taken out': { make: files((box) => box.remove(BUNDLE_PATHS.ledgerKey).manifests()), says: 'keys/ledger.vkey is missing or is no key of a ledger' },
  'the report forged': { make: files((box) => box.edit(BUNDLE_PATHS.html, (text) => text.replace('Amira', 'Ammira'))), says: 'data/report.html does not say what the record' },
  'the report forged, manifests rewritten': { make: files((box) => box.edit(BUNDLE_PATHS.html, (text) => text.replace('</body>', '<script>alert(1)</script></body>')).manifests()), says: 'data/report.html does not say what the record' },
  'the printed report forged, manifests rewritten': { make: files((box) => box.set(BUNDLE_PATHS.pdf, '%PDF-1.7 forged').manifests()), says: 'data/report.pdf was altered after the record was signed' },
  'the page that checks replaced': { make: files((box) => box.set(BUNDLE_PATHS.page, 'Everything that was asked is proven.').manifests()), says: 'verify.html was altered after the record was signed' },
  'a file of words too long to be one': { make: files((box) => box.set(EVENTS, Buffer.alloc(17_000_000, 'x')).manifests()), says: 'the file is longer than such a file can be' },
};

const IN_THE_CHAIN: Readonly<Record<string, Tampering>> = {
  'an event taken out': { make: files((box) => lines(lines(box, EVENTS, (all) => all.toSpliced(1, 1)), SEALS, (all) => all.toSpliced(1, 1)).manifests()), says: 'AR/1: Event 2 is missing' },
  'two events swapped': { make: files((box) => lines(lines(box, EVENTS, (all) => [all[0], all[2], all[1], all[3]]), SEALS, (all) => [all[0], all[2], all[1], all[3]]).manifests()), says: 'AR/1: Event 2 is missing' },
  'an event altered': { make: files((box) => box.edit(EVENTS, (text) => text.replace('opened', 'viewed')).manifests()), says: 'AR/1: the chain of custody cannot be read. Line 3' },
  'a signature taken out': { make: files((box) => lines(box, SEALS, (all) => all.slice(1)).manifests()), says: 'AR/1: the chain of custody cannot be read. Line 1' },
  'a chain taken out': { make: files((box) => box.remove(EVENTS).manifests()), says: 'AR/1: the chain of custody cannot be read' },
  'the newest event cut off': { make: files((box) => lines(lines(box, EVENTS, (all) => all.slice(0, 3)), SEALS, (all) => all.slice(0, 3)).manifests()), says: 'AR/1: the chain has 3 events and not the 4' },
  'an event altered and all hashes made anew': { make: firstChain((chain) => rehashed(chain.map((event, at) => (at === 1 ? { ...event, reason: 'another reason' } : event)))), says: 'AR/1: The signature of event 2 does not hold' },
  'an event left out and all hashes made anew': { make: firstChain((chain) => rehashed(chain.toSpliced(1, 1))), says: 'AR/1: The signature of event 2 does not hold' },
  'an event added without a signature': { make: firstChain((chain) => rehashed([...chain, { ...(chain[3] as CustodyEvent), signature: undefined, reason: 'never happened' }])), says: 'AR/1: Event 5 carries no signature' },
  'two signatures swapped': { make: firstChain((chain) => chain.map((event, at) => ({ ...event, signature: chain[at < 2 ? 1 - at : at]?.signature }))), says: 'AR/1: The signature of event 1 does not hold' },
  'an event signed by a key of nobody': { make: firstChain(signedByAnother), says: 'which is not among the keys given' },
  'the key of the agency taken out': { make: operator((box) => box.remove(box.path('.pgp'))), says: 'which is not among the keys given' },
  'an event that goes back in time': { make: firstChain((chain) => rehashed(chain.map((event, at) => (at === 2 ? { ...event, at: new Date(0) } : event)))), says: 'AR/1: Event 3 is older than the event before it' },
  'the chain of another exhibit': { make: operator((box) => swap(swap(box, EVENTS, 'data/custody/AR-2.jsonl'), SEALS, 'data/custody/AR-2.signatures.jsonl')), says: 'AR/1: Event 1 belongs to another exhibit' },
  'other bytes under a chain that holds': {
    make: remade({ exhibits: ([first, ...rest]) => [{ ...(first as BundledExhibit), size: 5, sha256: createHash('sha256').update('other').digest('hex'), octets: () => pieces('other') }, ...rest] }),
    says: 'AR/1: event 1 was recorded of other bytes than these',
  },
  'a record that names other bytes than there are': { make: operator((box) => box, (record) => ({ ...record, exhibits: record.exhibits.map((one) => ({ ...one, sha256: '0'.repeat(64) })) })), says: 'are not those that the record names' },
  'the report forged by who signs': { make: operator((box) => box.edit(BUNDLE_PATHS.html, (text) => text.replace('Opened', 'Examined'))), says: 'data/report.html does not say what the record' },
  'the graph forged by who signs': { make: operator((box) => box.edit(BUNDLE_PATHS.graph, (text) => text.replace('opened', 'sealed'))), says: 'data/custody.jsonld does not say what the record' },
};

const IN_THE_LEDGER: Readonly<Record<string, Tampering>> = {
  'the proof of another entry': { make: entry(0, (one, all) => ({ ...one, proof: all[1]?.proof ?? null })), says: 'AR/1: the proof of event 1 does not hold. The path from leaf 54 does not lead to the root' },
  'a proof with another index': { make: entry(0, (one) => ({ ...one, proof: one.proof?.replace('index 53', 'index 52') ?? null })), says: 'AR/1: the proof of event 1 does not hold' },
  'the entry of another event': { make: entry(0, (one, all) => ({ ...one, leaf: all[1]?.leaf ?? '', proof: all[1]?.proof ?? null, entry: all[1]?.entry ?? null })), says: 'AR/1: the entry of event 1 records something else' },
  'an entry altered': { make: entry(0, (one) => ({ ...one, entry: reworded(one.entry ?? '') })), says: 'AR/1: the entry of event 1 does not hash to its leaf' },
  'an entry that is no entry': { make: entry(0, (one) => ({ ...one, entry: '{}\n' })), says: 'AR/1: the entry of event 1 cannot be read' },
  'another leaf': { make: entry(2, (one) => ({ ...one, leaf: Buffer.alloc(32).toString('base64'), entry: null })), says: 'AR/1: the proof of event 4 does not hold' },
  'an entry for an event that there is not': { make: entry(2, (one) => ({ ...one, seq: 9 })), says: 'AR/1: there is an entry for event 9, which there is not' },
  'the checkpoint of another ledger': { make: async (bundle) => entry(0, (one) => ({ ...one, proof: one.proof?.replaceAll(ORIGIN, 'other.example/ledger') ?? null }))(bundle), says: 'AR/1: the proof of event 1 does not hold' },
  'a fork that no witness was shown': { make: entry(0, (one) => ({ ...one, proof: one.proof?.split('\n').filter((line) => !line.includes('/witness')).join('\n') ?? null })), says: 'The witnesses that cosigned this checkpoint are not the quorum' },
  'a cosignature of another time': { make: entry(0, (one) => ({ ...one, proof: one.proof?.replace(/(b\.example\/witness .{10})./, '$1A') ?? null })), says: 'The signature by b.example/witness does not hold' },
};

/** Every way of tampering, by its name. */
export const TAMPERINGS: Readonly<Record<string, Tampering>> = { ...IN_THE_FILE, ...IN_THE_BAG, ...IN_THE_CHAIN, ...IN_THE_LEDGER };

function swap(box: OpenedBundle, one: string, other: string): OpenedBundle {
  const [first, second] = [box.files.get(one), box.files.get(other)];
  return box.set(one, second ?? Buffer.alloc(0)).set(other, first ?? Buffer.alloc(0));
}

function lines(box: OpenedBundle, path: string, change: (all: readonly string[]) => readonly (string | undefined)[]): OpenedBundle {
  return box.edit(path, (text) => change(text.trimEnd().split('\n')).map((line) => `${line ?? ''}\n`).join(''));
}

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

function reworded(file: string): string {
  const { salt, body } = must(parseEntryFile(file));
  return formatEntryFile({ salt, body: body.replace('exhibit.open', 'exhibit.read') });
}

