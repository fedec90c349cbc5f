import { createHash, type Hash } from 'node:crypto';
import { ZipWriter } from '../archive/index.js';
import { ALGORITHMS, BAGIT_TXT, bagInfoText, isPayload, manifestText, type BagFile } from './bag.js';
import { caseGraph } from './case-graph.js';
import { eventsText, signaturesText, type Chain } from './chain-file.js';
import { BUNDLE_PATHS, entryPath, eventsPath, keyPath, proofPath, signaturesPath } from './paths.js';
import { bagInfoOf, formatRecord, noteText, RECORD_FORMAT, type BundleRecord, type RecordedExhibit, type RecordedThing } from './record.js';
import { reportOf, type Report } from './report.js';
import { reportHtml } from './report-html.js';
import { exhibitPath } from './safe-name.js';

/** One exhibit to be put into a bundle. */
export interface BundledExhibit extends Pick<RecordedExhibit, 'id' | 'reference' | 'title' | 'description' | 'marking' | 'producer' | 'agency' | 'depositedAt' | 'fileName' | 'mediaType' | 'size' | 'sha256'> {
  readonly chain: Chain;
  /** The bytes as they were deposited. */
  readonly octets: () => AsyncIterable<Uint8Array>;
}

/** One physical exhibit to be put into a bundle, by its custody alone. */
export interface BundledThing extends Omit<RecordedThing, 'custody' | 'entries'> {
  readonly chain: Chain;
}

/** The ledger's entry of one event of custody, as far as it may be handed out. */
export interface BundledEntry {
  /** Of which exhibit and event. */
  readonly exhibit: string;
  readonly seq: number;
  readonly leaf: string;
  readonly proof: string | null;
  readonly entry: string | null;
}

/** All that a bundle is made of, from whoever knows the case. */
export interface BundleParts extends Pick<BundleRecord, 'id' | 'madeAt' | 'madeBy' | 'recipients' | 'reason' | 'purpose' | 'clause' | 'investigation' | 'marking' | 'ledger'> {
  readonly exhibits: readonly BundledExhibit[];
  readonly things: readonly BundledThing[];
  /** Asked for when the exhibits are out, so that the ledger has had the time to sign for what was recorded meanwhile. */
  readonly entries: () => Promise<readonly BundledEntry[]>;
  readonly ledgerKey: string;
  /** The policy of witnesses as text; empty where there are none. */
  readonly witnesses: string;
  /** OpenPGP public keys by fingerprint. */
  readonly keys: readonly { readonly fingerprint: string; readonly publicKey: Uint8Array }[];
  readonly pdf: (report: Report) => Promise<Uint8Array>;
  /** The page that checks a bundle. */
  readonly page: Uint8Array;
  /** Signs a text as the ledger does. */
  readonly sign: (text: string) => string;
}

/** Writes a bundle as a stream: the exhibits first, as they are opened, and all that is said of them behind. */
export async function* writeBundle(parts: BundleParts): AsyncGenerator<Uint8Array> {
  const bag = new BagWriter(`concordat-bundle-${parts.id}`);
  const paths = pathsOf(parts.exhibits);
  for (const [at, { size, octets }] of parts.exhibits.entries()) yield* bag.file(paths[at] ?? '', size, octets());
  const record = recordOf(parts, paths, await parts.entries());
  for (const file of await filesBeside(parts, record.draft, record.entries)) yield* bag.text(...file);
  const whole = { ...record.draft, files: bag.files.map(({ path, size, sha256 }) => ({ path, size, sha256 })) };
  const text = formatRecord(whole);
  yield* bag.text(BUNDLE_PATHS.record, text);
  yield* bag.text(BUNDLE_PATHS.note, parts.sign(noteText(parts.ledger, createHash('sha256').update(text).digest('base64'))));
  const payload = bag.files.filter(({ path }) => isPayload(path));
  yield* bag.text(BUNDLE_PATHS.bagit, BAGIT_TXT);
  yield* bag.text(BUNDLE_PATHS.info, bagInfoText(payload, bagInfoOf(whole)));
  for (const algorithm of ALGORITHMS) yield* bag.text(`manifest-${algorithm}.txt`, manifestText(payload, algorithm));
  const tags = bag.files.filter(({ path }) => !isPayload(path));
  for (const algorithm of ALGORITHMS) yield* bag.text(`tagmanifest-${algorithm}.txt`, manifestText(tags, algorithm));
  yield* bag.end();
}

/** No two exhibits have one reference; were it so all the same, neither would hide the other. */
function pathsOf(exhibits: readonly BundledExhibit[]): readonly string[] {
  const taken = new Set<string>();
  return exhibits.map(({ reference, fileName }) => {
    const path = exhibitPath(reference, fileName);
    if (taken.has(path.toLowerCase())) throw new Error('Two exhibits of a bundle have the same reference.');
    taken.add(path.toLowerCase());
    return path;
  });
}

function recordOf(parts: BundleParts, paths: readonly string[], entries: readonly BundledEntry[]): { readonly draft: BundleRecord; readonly entries: readonly BundledEntry[] } {
  const { id, madeAt, madeBy, recipients, reason, purpose, clause, investigation, marking, ledger } = parts;
  const exhibits = parts.exhibits.map((one, at) => {
    const { fileName, mediaType, size, sha256 } = one;
    return { ...thingOf(one, entries), fileName, mediaType, size, sha256, path: paths[at] ?? '' };
  });
  const things = parts.things.map((one) => thingOf(one, entries));
  return { draft: { format: RECORD_FORMAT, id, madeAt, madeBy, recipients, reason, purpose, clause, investigation, marking, ledger, exhibits, things, files: [] }, entries };
}

/** What the record says of everything that has a chain, whether it has bytes or not. */
function thingOf({ id, reference, title, description, marking, producer, agency, depositedAt, chain }: BundledThing, entries: readonly BundledEntry[]): RecordedThing {
  return {
    id, reference, title, description, marking, producer, agency, depositedAt,
    custody: { events: eventsPath(reference), signatures: signaturesPath(reference), count: chain.length, head: chain.at(-1)?.hash ?? '' },
    entries: entries.filter(({ exhibit }) => exhibit === id).map(({ seq, leaf, proof, entry }) => ({
      seq, leaf,
      proof: proof === null ? null : proofPath(reference, seq),
      entry: entry === null ? null : entryPath(reference, seq),
    })),
  };
}

/** Everything but the exhibits and what names everything. */
async function filesBeside(parts: BundleParts, record: BundleRecord, entries: readonly BundledEntry[]): Promise<readonly (readonly [path: string, content: string | Uint8Array])[]> {
  const all: readonly BundledThing[] = [...parts.exhibits, ...parts.things];
  const chains = all.map(({ chain }) => chain);
  const report = reportOf(record, chains);
  const references = new Map(all.map(({ id, reference }) => [id, reference]));
  return [
    ...all.flatMap(({ reference, chain }) => [[eventsPath(reference), eventsText(chain)] as const, [signaturesPath(reference), signaturesText(chain)] as const]),
    [BUNDLE_PATHS.graph, caseGraph(record, chains)],
    [BUNDLE_PATHS.html, reportHtml(report)],
    [BUNDLE_PATHS.pdf, await parts.pdf(report)],
    ...entries.flatMap(({ exhibit, seq, proof, entry }) => {
      const reference = references.get(exhibit) ?? '';
      return [...(entry === null ? [] : [[entryPath(reference, seq), entry] as const]), ...(proof === null ? [] : [[proofPath(reference, seq), proof] as const])];
    }),
    [BUNDLE_PATHS.ledgerKey, `${parts.ledgerKey}\n`],
    ...(parts.witnesses === '' ? [] : [[BUNDLE_PATHS.witnesses, parts.witnesses] as const]),
    ...parts.keys.map(({ fingerprint, publicKey }) => [keyPath(fingerprint), publicKey] as const),
    [BUNDLE_PATHS.page, parts.page],
  ];
}

/** A bag in an archive, and what was put into it so far. */
class BagWriter {
  readonly files: BagFile[] = [];
  private readonly zip = new ZipWriter();

  constructor(private readonly folder: string) {}

  async *file(path: string, size: number, octets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const hashes = { sha256: createHash('sha256'), sha512: createHash('sha512') };
    yield* this.zip.file(`${this.folder}/${path}`, size, hashed(octets, Object.values(hashes)));
    this.files.push({ path, size, sha256: hashes.sha256.digest('hex'), sha512: hashes.sha512.digest('hex') });
  }

  text(path: string, content: string | Uint8Array): AsyncGenerator<Uint8Array> {
    const octets = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return this.file(path, octets.length, [octets]);
  }

  end(): Generator<Uint8Array> {
    return this.zip.end();
  }
}

async function* hashed(octets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, hashes: readonly Hash[]): AsyncGenerator<Uint8Array> {
  for await (const piece of octets) {
    for (const hash of hashes) hash.update(piece);
    yield piece;
  }
}
