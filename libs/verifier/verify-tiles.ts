import { checkTiles, sameHash } from '../tlog/index.js';
import { cosignatures, listed, proven, refuted, signature, verdict, type Finding, type Trust, type Verdict } from './findings.js';
import { leafHashOf, parseEntryFile, parseErasedEntry } from './entry-file.js';
import { pagesOfLines } from './entry-lines.js';

/** A whole ledger as it was handed over: everything in it is attacker-controlled. */
export interface Handed {
  readonly checkpoint: string;
  /** One tile by its path under the folder, such as `tile/0/000`; undefined when it is not there. */
  readonly tile: (path: string) => Promise<Uint8Array | undefined>;
  /** The file of entries as it is read, where one was handed over too: entry files in the order of their indexes, one a line. */
  readonly entries?: AsyncIterable<Uint8Array> | undefined;
}

/**
 * Holds a whole exported ledger, its checkpoint, every tile and, where they are given, every entry, against the ledger's key
 * and the policy of witnesses. Says of whatever does not hold which tile or entry it is.
 */
export async function verifyTiles({ checkpoint, tile, entries }: Handed, trust: Trust): Promise<Verdict> {
  const signed = signature(checkpoint, trust);
  const findings = [...signed.findings, ...cosignatures(checkpoint, trust)];
  if (signed.opened === undefined) return verdict(findings);
  const { size } = signed.opened;
  const held = entries && new HeldEntries(entries, size);
  const wrong = (await checkTiles(signed.opened, tile, held && ((first, hashes) => held.hold(first, hashes)))).map(refuted);
  if (wrong.length === 0) findings.push(proven('tiles', `Every tile is there and all of them lead to the signed root of ${size} entries.`));
  if (held === undefined) return verdict([...findings, ...listed(wrong), NO_ENTRIES]);
  await held.end();
  if (held.findings.length === 0) findings.push(proven('entries', `Every one of the ${size - held.erased} entries hashes to its leaf.`));
  if (held.erased > 0) findings.push(erasedOnes(held.erased));
  return verdict([...findings, ...listed(wrong), ...listed(held.findings)]);
}

/** Entries as they are read, each held against the leaf of its index. */
class HeldEntries {
  readonly findings: Finding[] = [];
  private readonly pages: AsyncIterator<readonly string[]>;
  private page: readonly string[] = [];
  private taken = 0;
  private read = 0;
  /** Lines that give a leaf only, because their entries were erased. */
  erased = 0;

  constructor(entries: AsyncIterable<Uint8Array>, private readonly size: number) {
    this.pages = pagesOfLines(entries);
  }

  async hold(first: number, hashes: readonly Uint8Array[]): Promise<void> {
    while (this.read < first && (await this.next()) !== undefined);
    for (const [at, hash] of hashes.entries()) {
      // Waited for only where the file has to be read: a million waits for what is there are a second.
      const line = this.take() ?? (await this.next());
      if (line === undefined) return;
      this.compare(first + at, line, hash);
    }
  }

  /** What was not read is of a tile that is missing; more lines than leaves were never signed for. */
  async end(): Promise<void> {
    while (this.read < this.size && (await this.next()) !== undefined);
    if (this.read < this.size) this.findings.push(refuted({ code: 'entries-missing', message: `Entries ${this.read} to ${this.size - 1} are missing` }));
    else if ((await this.next()) !== undefined) {
      this.findings.push(refuted({ code: 'entries-unsigned', message: `There are more entries than the ${this.size} that were signed for` }));
    }
  }

  private async next(): Promise<string | undefined> {
    while (this.taken === this.page.length) {
      const page = await this.pages.next();
      if (page.done === true) return undefined;
      this.page = page.value;
      this.taken = 0;
    }
    return this.take();
  }

  private take(): string | undefined {
    const line = this.page[this.taken];
    if (line === undefined) return undefined;
    this.taken += 1;
    this.read += 1;
    return line;
  }

  private compare(index: number, line: string, hash: Uint8Array): void {
    const file = `${line}\n`;
    const erased = parseErasedEntry(file);
    if (erased !== undefined && sameHash(erased, hash)) {
      this.erased += 1;
      return;
    }
    const entry = parseEntryFile(file);
    if (!entry.ok) this.findings.push(refuted({ ...entry.error, message: `Entry ${index}: ${entry.error.message}` }));
    else if (!sameHash(leafHashOf(entry.value), hash)) {
      this.findings.push(refuted({ code: 'leaf-mismatch', message: `Entry ${index} does not hash to its leaf: one of the two was altered` }));
    }
  }
}

const NO_ENTRIES: Finding = { state: 'open', code: 'entries', message: 'The entries themselves: only their hashes were given.' };

/** Whoever handed the ledger over says so; what is said of why stands in the entries that record them. */
function erasedOnes(count: number): Finding {
  return { state: 'open', code: 'entries-erased', message: `What ${count} of the entries said: they are given as erased or no longer kept, and only their hashes are in the tree.` };
}
