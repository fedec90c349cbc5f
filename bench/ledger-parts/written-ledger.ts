import { createHash, generateKeyPairSync } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson, must } from '../../libs/kernel/index.js';
import { ed25519PublicBytes, ed25519Signer, formatVerifierKey } from '../../libs/note/index.js';
import { CompactRange, TiledTree, signCheckpoint, type NodeReader } from '../../libs/tlog/index.js';
import { formatEntryFile, leafHashOf } from '../../libs/verifier/index.js';

const ORIGIN = 'bench.concordat.example/ledger';
const PAGE = 2_000;

/** A ledger as `concordat ledger export` leaves it, with entries such as an act on a case leaves. */
export interface WrittenLedger {
  readonly folder: string;
  readonly entriesFile: string;
  readonly key: string;
  readonly bytes: number;
}

/** Writes a signed ledger of `count` entries into `folder`. */
export async function writeLedger(folder: string, count: number): Promise<WrittenLedger> {
  const entriesFile = join(folder, 'entries');
  const file = openSync(entriesFile, 'wx');
  const [range, levels] = [CompactRange.empty(), [] as Uint8Array[][]];
  let bytes = 0;
  for (let from = 0; from < count; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, count - from) }, (_, at) => entryAt(from + at));
    for (const entry of page) for (const { level, index, hash } of range.append(leafHashOf(entry))) ((levels[level] ??= [])[index] = hash);
    bytes += writeSync(file, page.map(formatEntryFile).join(''));
  }
  closeSync(file);
  const reader: NodeReader = { readNodes: (wanted) => Promise.resolve(wanted.map(({ level, index }) => levels[level]?.[index] ?? new Uint8Array())) };
  const tree = new TiledTree(reader, count);
  for (const path of tree.paths()) put(join(folder, path), (await tree.tile(path)) ?? new Uint8Array());
  const { privateKey } = generateKeyPairSync('ed25519');
  put(join(folder, 'checkpoint'), must(signCheckpoint({ origin: ORIGIN, size: count, root: range.root(), extensions: [] }, [must(ed25519Signer(ORIGIN, privateKey))])));
  return { folder, entriesFile, key: formatVerifierKey(ORIGIN, ed25519PublicBytes(privateKey)), bytes };
}

function put(file: string, octets: Uint8Array | string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, octets);
}

/** The parts of an entry of somebody who reads an item of a case. */
function entryAt(at: number): { readonly salt: Uint8Array; readonly body: string } {
  const id = uuid(at);
  const body = {
    v: 1, id, at: new Date(1_790_000_000_000 + at * 40).toISOString(), verb: 'item.read', category: 'consultation', outcome: 'done',
    actor: {
      person: uuid(at % 200), name: 'Bench Officer', agency: 'northmoor-police', agencyId: uuid(7), agencyName: 'Northmoor Police',
      roles: ['police-officer'], session: uuid(at % 999), idp: 'https://idp.northmoor.example',
    },
    subject: { kind: 'note', id: uuid(at % 5_000), title: 'What the owner said', marking: 'OFFICIAL-SENSITIVE', owner: 'Ashworth Borough Council' },
    workspace: { id: uuid(at % 50), reference: 'ASH-2026-0001' }, agreement: 'ISA-2026-01', clause: '4.1', purpose: 'Protecting the public',
    policy: 'member', policyVersion: '2026-11-28.1', correlation: uuid(at + 1), details: { items: [uuid(at % 5_000)], count: 1 },
  };
  return { salt: digest(`salt ${at}`).subarray(0, 16), body: canonicalJson(body) };
}

function uuid(seed: number): string {
  const hex = digest(String(seed)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
