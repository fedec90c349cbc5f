import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { must } from '../kernel/index.js';
import { ed25519PublicBytes, ed25519Signer, ed25519Verifier } from '../note/index.js';
import { CompactRange, checkLog, hashLeaf, signCheckpoint, type CheckReport, type LogReader, type StoredCheckpoint, type StoredEntry } from './index.js';
import { flipped, hex, oracleRoot } from '../../test/vectors/tlog/oracle.js';

const { privateKey } = generateKeyPairSync('ed25519');
const origin = 'concordat.example/ledger';
const signer = must(ed25519Signer(origin, privateKey));
const trusted = [must(ed25519Verifier(origin, ed25519PublicBytes(privateKey)))];

/** A log that a test may do to whatever somebody with the database could. */
class TestLog implements LogReader {
  entries: StoredEntry[] = [];
  nodes: { level: number; index: number; hash: Uint8Array }[] = [];
  checkpoints: StoredCheckpoint[] = [];
  private readonly range = CompactRange.empty();

  constructor(size: number, checkpointEvery: number) {
    for (let index = 0; index < size; index += 1) {
      const leaf = new Uint8Array(Buffer.from(`entry ${index}`));
      this.entries.push({ index, id: `id-${index}`, leaf, leafHash: hashLeaf(leaf) });
      this.nodes.push(...this.range.append(hashLeaf(leaf)).filter(({ level }) => level > 0));
      if ((index + 1) % checkpointEvery === 0 || index + 1 === size) this.sign();
    }
  }

  sign(): void {
    const head = { origin, size: this.range.size, root: this.range.root(), extensions: [] };
    this.checkpoints.push({ size: head.size, note: must(signCheckpoint(head, [signer])) });
  }

  entry(index: number): StoredEntry {
    const entry = this.entries.find((candidate) => candidate.index === index);
    if (entry === undefined) throw new Error(`No entry ${index}`);
    return entry;
  }

  replace(index: number, change: Partial<StoredEntry>): void {
    this.entries = this.entries.map((entry) => (entry.index === index ? { ...entry, ...change } : entry));
    this.entries.sort((one, other) => one.index - other.index);
  }

  readEntries(from: number, limit: number): Promise<readonly StoredEntry[]> {
    return Promise.resolve(this.entries.filter(({ index }) => index >= from).slice(0, limit));
  }

  readNodes(level: number, from: number, limit: number) {
    const nodes = this.nodes.filter((node) => node.level === level && node.index >= from);
    return Promise.resolve(nodes.sort((one, other) => one.index - other.index).slice(0, limit));
  }

  readCheckpoints(from: number, limit: number): Promise<readonly StoredCheckpoint[]> {
    return Promise.resolve(this.checkpoints.filter(({ size }) => size >= from).slice(0, limit));
  }

  check(more: { remembered?: string[]; maxFindings?: number } = {}): Promise<CheckReport> {
    return checkLog(this, { origin, trusted, pageSize: 16, ...more });
  }
}

const forged = new Uint8Array(Buffer.from('forged'));
const summary = (report: CheckReport): string[] =>
  report.findings.map(({ code, index, entryId }) => [code, index, entryId].filter((part) => part !== undefined).join(' '));

describe('checking a whole log', () => {
  it.each([0, 1, 2, 3, 16, 17, 100, 255, 256, 257])('finds nothing wrong with one of %i entries', async (size) => {
    const log = new TestLog(size, 7);
    const report = await log.check();
    expect(report).toMatchObject({ findings: [], unlisted: 0, size });
    expect(hex(report.root ?? new Uint8Array())).toBe(hex(oracleRoot(log.entries.map(({ leafHash }) => leafHash))));
    expect(report.head?.size).toBe(size === 0 ? undefined : size);
  });
});

describe('checking an altered log', () => {
  const index = 37;

  it('names, of any size, the entry whose body was altered, and nothing else', async () => {
    for (const size of [1, 2, 3, 8, 21, 64, 100]) {
      for (let at = 0; at < size; at += 1) {
        const log = new TestLog(size, 5);
        log.replace(at, { leaf: forged });
        expect(summary(await log.check())).toEqual([`leaf-mismatch ${at} id-${at}`]);
      }
    }
  });

  it('names the entry whose leaf hash was altered', async () => {
    const log = new TestLog(100, 5);
    log.replace(index, { leafHash: flipped(log.entry(index).leafHash) });
    expect(summary(await log.check())).toEqual([`leaf-mismatch ${index} id-${index}`]);
  });

  it('names the entry whose body is gone', async () => {
    const log = new TestLog(100, 5);
    log.replace(index, { leaf: undefined });
    expect(summary(await log.check())).toEqual([`body-missing ${index} id-${index}`]);
  });

  it('finds, of any size, a body and its leaf hash altered together, and says where', async () => {
    for (const size of [1, 2, 3, 8, 21, 64, 100]) {
      for (let at = 0; at < size; at += 1) {
        const log = new TestLog(size, 5);
        log.replace(at, { leaf: forged, leafHash: hashLeaf(forged) });
        const { findings } = await log.check();
        expect(findings.length).toBeGreaterThan(0);
        for (const finding of findings) {
          const [first = -1, last = first] = (/entries (\d+) to (\d+)/.exec(finding.message) ?? []).slice(1).map(Number);
          const isNamed = finding.index === at || (first <= at && at <= last);
          expect({ at, size, isNamed, finding }).toMatchObject({ isNamed: true });
        }
      }
    }
  });

  it('finds a body, its leaf hash and every node above it altered together, at the first checkpoint over it', async () => {
    const log = new TestLog(100, 5);
    const other = new TestLog(100, 5);
    other.entries.splice(0);
    const range = CompactRange.empty();
    log.replace(index, { leaf: forged, leafHash: hashLeaf(forged) });
    log.nodes = log.entries.flatMap(({ leafHash }) => range.append(leafHash)).filter(({ level }) => level > 0);
    expect(summary(await log.check())).toEqual(['checkpoint-mismatch 35 id-35']);
  });

  it('names the entry that was taken out, and both of a swap', async () => {
    const removed = new TestLog(100, 5);
    removed.entries.splice(index, 1);
    expect(summary(await removed.check())).toEqual([`entry-missing ${index}`]);

    const swapped = new TestLog(100, 5);
    const [one, other] = [swapped.entry(10), swapped.entry(70)];
    swapped.entries[10] = { ...other, index: 10 };
    swapped.entries[70] = { ...one, index: 70 };
    const { findings } = await swapped.check();
    const named = findings.map(({ message }) => message).join('\n');
    expect(named).toContain('id-70');
    expect(named).toContain('id-10');
  });

  it('names every entry of a tail that was cut off', async () => {
    const log = new TestLog(100, 5);
    log.entries.splice(90);
    log.nodes = log.nodes.filter((node) => (node.index + 1) * 2 ** node.level <= 90);
    const messages = (await log.check()).findings.map(({ message }) => message);
    expect(messages).toEqual(['Entries 90 to 99 are missing from the log.']);
  });

  it('sees a log cut back to an earlier whole state only against a remembered checkpoint', async () => {
    const remembered = [new TestLog(100, 5).checkpoints.at(-1)?.note ?? ''];
    const cut = new TestLog(90, 5);
    expect(summary(await cut.check())).toEqual([]);
    expect(summary(await cut.check({ remembered }))).toEqual(['forked']);
    expect(summary(await new TestLog(120, 5).check({ remembered }))).toEqual([]);
  });

  it('names leaves that stand beyond the last checkpoint, or far beyond', async () => {
    const log = new TestLog(20, 5);
    log.checkpoints.pop();
    log.entries.push({ index: 1_000_000_000, id: 'far', leaf: forged, leafHash: hashLeaf(forged) });
    const codes = summary(await log.check()).filter((line) => line.startsWith('entry'));
    expect(codes).toEqual([...[15, 16, 17, 18, 19].map((at) => `entry-unsigned ${at} id-${at}`), 'entry-unsigned 1000000000 far']);
  });

  it('names a node altered, missing, moved and added, once each', async () => {
    for (const [level, at] of [[1, 18], [2, 5], [3, 2], [5, 1]] as const) {
      const altered = new TestLog(100, 5);
      altered.nodes = altered.nodes.map((node) =>
        node.level === level && node.index === at ? { ...node, hash: flipped(node.hash, 99) } : node,
      );
      expect((await altered.check()).findings.map(({ code }) => code)).toEqual(['node-mismatch']);

      const missing = new TestLog(100, 5);
      missing.nodes = missing.nodes.filter((node) => node.level !== level || node.index !== at);
      expect((await missing.check()).findings.map(({ code }) => code)).toEqual(['node-missing']);
    }
    const added = new TestLog(100, 5);
    added.nodes.push({ level: 20, index: 3, hash: forged });
    expect((await added.check()).findings.map(({ code }) => code)).toEqual(['node-unsigned']);
  });

  it('names a checkpoint that was altered, forged with another key, or filed under another size', async () => {
    const altered = new TestLog(100, 5);
    altered.checkpoints = altered.checkpoints.map((stored) =>
      stored.size === 50 ? { ...stored, note: stored.note.replace('\n50\n', '\n51\n') } : stored,
    );
    expect(summary(await altered.check())).toEqual(['checkpoint-bad']);

    const forger = must(ed25519Signer(origin, generateKeyPairSync('ed25519').privateKey));
    const note = must(signCheckpoint({ origin, size: 100, root: forged.length === 6 ? hashLeaf(forged) : forged, extensions: [] }, [forger]));
    altered.checkpoints = [...new TestLog(100, 5).checkpoints.slice(0, -1), { size: 100, note }];
    expect(summary(await altered.check())[0]).toBe('checkpoint-bad');

    const refiled = new TestLog(100, 5);
    refiled.checkpoints = refiled.checkpoints.map((stored) => (stored.size === 100 ? { ...stored, size: 1e12 } : stored));
    expect(summary(await refiled.check())[0]).toBe('checkpoint-bad');
  });

  it("says what the application's own rules say", async () => {
    const log = new TestLog(10, 5);
    log.replace(3, { faults: ['The body names another entry.'] });
    const { findings } = await log.check();
    expect(findings).toEqual([
      { code: 'entry-fault', index: 3, entryId: 'id-3', message: 'Entry 3 (id-3): The body names another entry.' },
    ]);
  });

  it('goes on to later faults after the first, and counts those beyond the limit', async () => {
    const log = new TestLog(100, 5);
    for (const at of [3, 40, 77]) log.replace(at, { leaf: forged });
    expect(summary(await log.check())).toEqual(['leaf-mismatch 3 id-3', 'leaf-mismatch 40 id-40', 'leaf-mismatch 77 id-77']);
    expect(await log.check({ maxFindings: 2 })).toMatchObject({ unlisted: 1 });
  });

  it('names a leaf that stands twice, and a node where the tree has none', async () => {
    const log = new TestLog(20, 5);
    log.entries.splice(8, 0, { ...log.entry(7), id: 'id-again' });
    expect((await log.check()).findings).toContainEqual(expect.objectContaining({ code: 'entry-twice', index: 7, entryId: 'id-again' }));
    const other = new TestLog(20, 5);
    other.nodes.push({ level: 1, index: 2.5, hash: hashLeaf(forged) });
    expect((await other.check()).findings.map(({ code }) => code)).toEqual(['node-unsigned']);
  });
});
