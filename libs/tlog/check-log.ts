import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { CheckedTree } from './checked-tree.js';
import { Findings } from './findings.js';
import { hashLeaf, sameHash } from './hashing.js';
import { LogFindingCode, type LogFinding, type LogReader, type StoredCheckpoint, type StoredEntry } from './log-reader.js';
import type { NoteVerifier } from '../note/index.js';
import { Pages } from './pages.js';

/** What a check believes beforehand, and how much it may hold at a time. */
export interface CheckOptions {
  /** The log's name; a checkpoint of another log is a finding. */
  readonly origin: string;
  /** The keys trusted to sign for the log. */
  readonly trusted: readonly NoteVerifier[];
  /** Signed checkpoints remembered elsewhere: without one, a log cut back to an earlier whole state looks whole. */
  readonly remembered?: readonly string[];
  /** Entries read at a time; 1024 unless told. */
  readonly pageSize?: number;
  /** Is told after each page how many leaves were held so far. */
  readonly onProgress?: (held: number) => void;
  /** Findings after which the rest are only counted; 1000 unless told. */
  readonly maxFindings?: number;
}

/** The outcome of a check: the log is whole exactly when there are no findings. */
export interface CheckReport {
  readonly findings: readonly LogFinding[];
  /** Findings beyond `maxFindings` that are not listed. */
  readonly unlisted: number;
  /** Leaves the log has signed for. */
  readonly size: number;
  /** Of those, how many are gone on record and left their leaf. */
  readonly erased: number;
  /** The root of what is stored, recomputed; undefined when a leaf at the edge is missing or altered. */
  readonly root: Uint8Array | undefined;
  /** The latest checkpoint whose signature holds. */
  readonly head: OpenedCheckpoint | undefined;
}

/**
 * Recomputes a whole log from its entries and holds every stored leaf, node and checkpoint against that. The adversary
 * is whoever administers the store: able to alter, remove, swap or add any row, but not to sign.
 *
 * Reads each row once, in order, and keeps one page and one hash per level in memory whatever the size of the log.
 */
export async function checkLog(reader: LogReader, options: CheckOptions): Promise<CheckReport> {
  return new LogCheck(reader, options).run();
}

class LogCheck {
  private readonly findings: Findings;
  private readonly tree: CheckedTree;
  private readonly entries: Pages<StoredEntry>;
  private readonly checkpoints: Pages<StoredCheckpoint>;
  private readonly remembered: OpenedCheckpoint[];
  private head: OpenedCheckpoint | undefined;
  /** The size up to which the leaves are known to lead to a signed root. */
  private heldUpTo = 0;
  private missingFrom: number | undefined;
  private erased = 0;
  /** Whether a signed root was found not to hold, and none since held. */
  private isBroken = false;

  constructor(
    reader: LogReader,
    private readonly options: CheckOptions,
  ) {
    const pageSize = options.pageSize ?? 1024;
    this.findings = new Findings(options.maxFindings ?? 1000);
    this.tree = new CheckedTree(reader, pageSize, this.findings);
    this.entries = new Pages((from) => reader.readEntries(from, pageSize), ({ index }) => index + 1);
    this.checkpoints = new Pages((from) => reader.readCheckpoints(from, pageSize), ({ size }) => size + 1);
    this.remembered = (options.remembered ?? [])
      .map((note) => this.open(note, 'A remembered checkpoint'))
      .filter((checkpoint) => checkpoint !== undefined)
      .sort((one, other) => one.size - other.size);
  }

  async run(): Promise<CheckReport> {
    for (let stored = await this.checkpoints.next(); stored !== undefined; stored = await this.checkpoints.next()) {
      const checkpoint = this.openStored(stored);
      if (checkpoint === undefined) continue;
      await this.advance(checkpoint.size);
      this.checkRoot(checkpoint);
    }
    this.reportMissing();
    this.checkRemembered(Number.POSITIVE_INFINITY);
    await this.checkBeyond();
    await this.tree.checkBeyond();
    return { ...this.findings.list(), size: this.tree.size, erased: this.erased, root: this.tree.root(), head: this.head };
  }

  /** The signed size is believed, never the one the row is filed under: an altered row must not set the work. */
  private openStored(stored: StoredCheckpoint): OpenedCheckpoint | undefined {
    const checkpoint = this.open(stored.note, `The checkpoint of ${stored.size} entries`);
    if (checkpoint === undefined || checkpoint.size === stored.size) return checkpoint;
    const message = `The checkpoint filed under ${stored.size} entries was signed for ${checkpoint.size}.`;
    this.findings.add({ code: LogFindingCode.CheckpointBad, message });
    return undefined;
  }

  /** Takes leaves into the tree up to `size`, naming those that are not there. */
  private async advance(size: number): Promise<void> {
    while (this.tree.size < size) {
      const next = await this.entries.peek();
      const missingTo = Math.min(size, next?.index ?? size);
      if (this.tree.size < missingTo) await this.passMissing(missingTo);
      else if (next !== undefined) await this.passEntry(next);
    }
  }

  private async passMissing(to: number): Promise<void> {
    this.missingFrom ??= this.tree.size;
    while (this.tree.size < to) await this.append(undefined, undefined);
  }

  /** Names a whole run of missing entries at once, however many checkpoints stand over it. */
  private reportMissing(): void {
    const [from, to] = [this.missingFrom, this.tree.size - 1];
    if (from === undefined) return;
    this.missingFrom = undefined;
    const what = from === to ? `Entry ${from} is missing` : `Entries ${from} to ${to} are missing`;
    this.findings.add({ code: LogFindingCode.EntryMissing, index: from, message: `${what} from the log.` });
  }

  private async passEntry(entry: StoredEntry): Promise<void> {
    this.reportMissing();
    await this.entries.next();
    const { index, id: entryId } = entry;
    const name = `Entry ${index} (${entryId})`;
    if (index < this.tree.size) {
      this.findings.add({ code: LogFindingCode.EntryTwice, index, entryId, message: `${name} stands twice.` });
      return;
    }
    for (const fault of entry.faults ?? []) {
      this.findings.add({ code: LogFindingCode.EntryFault, index, entryId, message: `${name}: ${fault}` });
    }
    if (entry.erased === true && entry.leaf === undefined) {
      this.erased += 1;
    } else if (entry.leaf === undefined) {
      const message = `${name} is gone; only its leaf hash is left.`;
      this.findings.add({ code: LogFindingCode.BodyMissing, index, entryId, message });
    } else if (!sameHash(hashLeaf(entry.leaf), entry.leafHash)) {
      const message = `${name} does not hash to its leaf: its body, its salt or its leaf hash was altered.`;
      this.findings.add({ code: LogFindingCode.LeafMismatch, index, entryId, message });
      await this.append(undefined, entryId);
      return;
    }
    await this.append(entry.leafHash, entryId);
  }

  private async append(leafHash: Uint8Array | undefined, entryId: string | undefined): Promise<void> {
    await this.tree.append(leafHash, entryId);
    if (this.tree.size % (this.options.pageSize ?? 1024) === 0) this.options.onProgress?.(this.tree.size);
    this.checkRemembered(this.tree.size);
  }

  private checkRoot(checkpoint: OpenedCheckpoint): void {
    this.head = checkpoint;
    if (this.leadsTo(checkpoint)) {
      this.tree.confirm();
      this.heldUpTo = checkpoint.size;
      this.isBroken = false;
    } else if (!this.isBroken && !this.tree.isDoubtful()) {
      // No later root holds either until stored nodes lead past the fault, so only the first says where it is.
      this.isBroken = true;
      this.reportMismatch(checkpoint.size);
    }
  }

  private leadsTo(checkpoint: OpenedCheckpoint): boolean {
    const root = this.tree.root();
    return checkpoint.size === this.tree.size && root !== undefined && sameHash(root, checkpoint.root);
  }

  private reportMismatch(size: number): void {
    const [index, to] = [this.heldUpTo, size - 1];
    const entryId = this.tree.idOf(index);
    const where = index === to ? `Entry ${index} is` : `One or more of entries ${index} to ${to} are`;
    const message = `${where} not what was signed for: the leaves do not lead to the root of the checkpoint of ${size}.`;
    this.findings.add({
      code: LogFindingCode.CheckpointMismatch,
      index,
      ...(entryId === undefined ? {} : { entryId }),
      message,
    });
  }

  private checkRemembered(upTo: number): void {
    for (let next = this.remembered[0]; next !== undefined && next.size <= upTo; next = this.remembered[0]) {
      this.remembered.shift();
      if (this.leadsTo(next) || next.size === 0) continue;
      const message = `The remembered checkpoint of ${next.size} entries is not the beginning of this log.`;
      this.findings.add({ code: LogFindingCode.Forked, message });
    }
  }

  /** Leaves past the last checkpoint: the log writes both in one act, so such a leaf was put there, or its checkpoint taken. */
  private async checkBeyond(): Promise<void> {
    for (let entry = await this.entries.next(); entry !== undefined; entry = await this.entries.next()) {
      const { index, id: entryId } = entry;
      const message = `Entry ${index} (${entryId}) stands in the log without a checkpoint that covers it.`;
      this.findings.add({ code: LogFindingCode.EntryUnsigned, index, entryId, message });
    }
  }

  private open(note: string, what: string): OpenedCheckpoint | undefined {
    const opened = openCheckpoint(note, this.options.origin, this.options.trusted);
    if (opened.ok) return opened.value;
    this.findings.add({ code: LogFindingCode.CheckpointBad, message: `${what} does not hold: ${opened.error.message}.` });
    return undefined;
  }
}
