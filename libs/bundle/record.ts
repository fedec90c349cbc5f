import { canonicalJson, err, ok, type Json, type Result } from '../kernel/index.js';
import { hasShape, type Shape } from './shape.js';

/** One file as the record names it. */
export interface RecordedFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** The ledger's entry of one event of custody. */
export interface RecordedEntry {
  /** Of the event in its chain. */
  readonly seq: number;
  /** Base64 of the leaf hash. */
  readonly leaf: string;
  /** The proof that the leaf is in the ledger; null while no signed state of the ledger has it. */
  readonly proof: string | null;
  /** The entry itself; null where whoever had the bundle made may not read it. */
  readonly entry: string | null;
}

/** One physical exhibit of a bundle: there is nothing of it but its custody. */
export interface RecordedThing {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly description: string;
  readonly marking: string;
  readonly producer: string;
  readonly agency: string;
  /** When it was deposited, or a thing recorded. */
  readonly depositedAt: string;
  readonly custody: { readonly events: string; readonly signatures: string; readonly count: number; readonly head: string };
  readonly entries: readonly RecordedEntry[];
}

/** One exhibit of a bundle with its bytes, as it was when the bundle was made. */
export interface RecordedExhibit extends RecordedThing {
  /** The name its producer's file had: data, and never a path. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  /** Where its bytes lie. */
  readonly path: string;
}

/** What a bundle says of itself. The ledger signs its hash, and it names every other file by theirs. */
export interface BundleRecord {
  /** The first format knew no physical exhibits; what was made in it is read as long as there are such bundles. */
  readonly format: typeof RECORD_FORMAT | typeof FIRST_FORMAT;
  readonly id: string;
  readonly madeAt: string;
  readonly madeBy: { readonly name: string; readonly agency: string };
  readonly recipients: string;
  readonly reason: string;
  readonly purpose: string;
  readonly clause: string | null;
  readonly investigation: { readonly reference: string; readonly title: string };
  readonly marking: string;
  /** The name of the ledger, which its key carries. */
  readonly ledger: string;
  readonly exhibits: readonly RecordedExhibit[];
  /** In the chains of a bundle they stand behind the exhibits. */
  readonly things: readonly RecordedThing[];
  /** Every file but those of {@link UNNAMED}, in the order in which they stand in the archive. */
  readonly files: readonly RecordedFile[];
}

export const RECORD_FORMAT = 'concordat-bundle@v2';
const FIRST_FORMAT = 'concordat-bundle@v1';
/** The files that the record cannot name, because they are made of it or name it, in the order in which they end the archive. */
export const UNNAMED = [
  'bundle.json', 'bundle.note', 'bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'manifest-sha512.txt', 'tagmanifest-sha256.txt', 'tagmanifest-sha512.txt',
] as const;
/** What the ledger signs of a bundle begins with this line, so that it is never taken for a checkpoint: those begin with the ledger's name. */
const NOTE_HEAD = 'concordat-bundle@v1';

const ENTRY: Shape = { members: { seq: 'count', leaf: 'text', proof: { orNull: 'text' }, entry: { orNull: 'text' } } };
const THING: Readonly<Record<keyof RecordedThing, Shape>> = {
  id: 'text', reference: 'text', title: 'text', description: 'text', marking: 'text', producer: 'text', agency: 'text', depositedAt: 'text',
  custody: { members: { events: 'text', signatures: 'text', count: 'count', head: 'text' } },
  entries: { list: ENTRY },
};
const EXHIBIT: Shape = { members: { ...THING, fileName: 'text', mediaType: 'text', size: 'count', sha256: 'text', path: 'text' } };
const FIRST: Readonly<Record<Exclude<keyof BundleRecord, 'things'>, Shape>> = {
  format: 'text', id: 'text', madeAt: 'text', madeBy: { members: { name: 'text', agency: 'text' } }, recipients: 'text', reason: 'text', purpose: 'text',
  clause: { orNull: 'text' }, investigation: { members: { reference: 'text', title: 'text' } }, marking: 'text', ledger: 'text',
  exhibits: { list: EXHIBIT }, files: { list: { members: { path: 'text', size: 'count', sha256: 'text' } } },
};
const RECORD: Shape = { members: { ...FIRST, things: { list: { members: THING } } } };

/** The record as it is signed: one line of canonical JSON. */
export function formatRecord({ things, ...record }: BundleRecord): string {
  return `${canonicalJson((record.format === FIRST_FORMAT ? record : { ...record, things }) as unknown as Json)}\n`;
}

/** Reads a record (attacker-controlled). Refused unless it is exactly what `formatRecord` prints for what was read. */
export function parseRecord(text: string): Result<BundleRecord, string> {
  const value = parsed(text);
  const isFirst = formatOf(value) === FIRST_FORMAT;
  if (!hasShape(value, isFirst ? { members: FIRST } : RECORD)) return err('The record of the bundle has other members than a record has');
  const record: BundleRecord = isFirst ? { ...(value as Omit<BundleRecord, 'things'>), things: [] } : (value as BundleRecord);
  if (!isFirst && (record.format as string) !== RECORD_FORMAT) return err(`The record of the bundle is not in the format ${RECORD_FORMAT}`);
  return spelt(record) === text ? ok(record) : err('The record of the bundle is not in its one spelling');
}

/** Everything in a bundle that has a chain of custody, in the order of the chains. */
export function recordedOf({ exhibits, things }: Pick<BundleRecord, 'exhibits' | 'things'>): readonly RecordedThing[] {
  return [...exhibits, ...things];
}

function formatOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { format?: unknown }).format : undefined;
}

/** What the ledger signs: which ledger, and the hash of the record. */
export function noteText(origin: string, recordSha256: string): string {
  return `${NOTE_HEAD}\n${origin}\n${recordSha256}\n`;
}

/** What the bag says of itself. */
export function bagInfoOf(record: BundleRecord): readonly (readonly [label: string, value: string])[] {
  return [
    ['Source-Organization', record.madeBy.agency],
    ['Contact-Name', record.madeBy.name],
    ['External-Identifier', record.id],
    ['External-Description', `Court bundle of ${record.investigation.reference}: ${recordedOf(record).map(({ reference }) => reference).join(', ')}`],
    ['Bagging-Date', record.madeAt.slice(0, 10)],
    ['Security-Marking', record.marking],
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Half a letter has no canonical spelling. */
function spelt(record: BundleRecord): string | undefined {
  try {
    return formatRecord(record);
  } catch {
    return undefined;
  }
}
