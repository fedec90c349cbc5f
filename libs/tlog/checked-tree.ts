import type { Findings } from './findings.js';
import { hashNode, sameHash } from './hashing.js';
import { LogFindingCode, type LogReader, type StoredNode } from './log-reader.js';
import { foldSubtrees } from './node-reader.js';
import { Pages } from './pages.js';

/** Levels a tree of up to 2^53 leaves can have. */
const MAX_LEVEL = 53;

/** A subtree at the right edge: its hash, unless unknown, and whether something in it was already found wrong. */
interface Subtree {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array | undefined;
  readonly isDoubtful: boolean;
}

/**
 * A tree rebuilt leaf by leaf beside the nodes that are stored of it. A stored node that disagrees is reported once,
 * where the disagreement begins; from there the stored hash is carried on, so that one altered row makes one finding
 * and not one at every level above it.
 */
export class CheckedTree {
  private readonly edge: Subtree[] = [];
  private readonly levels = new Map<number, Pages<StoredNode>>();
  private readonly recentIds = new Map<number, string>();
  private leaves = 0;

  constructor(
    private readonly reader: LogReader,
    private readonly pageSize: number,
    private readonly findings: Findings,
  ) {}

  /** How many leaves were appended, missing ones included. */
  get size(): number {
    return this.leaves;
  }

  /** Whether the root depends on something that was already reported. */
  isDoubtful(): boolean {
    return this.edge.some((subtree) => subtree.isDoubtful);
  }

  /** The application's id of leaf `index`, if it was one of the last page. */
  idOf(index: number): string | undefined {
    return this.recentIds.get(index);
  }

  /** Appends a leaf; `undefined` stands for one whose true hash is not known because it was found wrong. */
  async append(leafHash: Uint8Array | undefined, id: string | undefined): Promise<void> {
    this.remember(id);
    let subtree: Subtree = { level: 0, index: this.leaves, hash: leafHash, isDoubtful: leafHash === undefined };
    while (subtree.index % 2 === 1) {
      const left = this.edge.pop();
      if (left === undefined) throw new Error('The tree lost its left edge');
      subtree = await this.join(left, subtree);
    }
    this.edge.push(subtree);
    this.leaves += 1;
  }

  /** The root of what was appended, or undefined when the hash of a part of it is not known. */
  root(): Uint8Array | undefined {
    const hashes = this.edge.flatMap(({ hash }) => (hash === undefined ? [] : [hash]));
    return hashes.length === this.edge.length ? foldSubtrees(hashes) : undefined;
  }

  /** Takes what stands at the right edge as true, because a signed root was found to follow from it. */
  confirm(): void {
    for (const [at, subtree] of this.edge.entries()) this.edge[at] = { ...subtree, isDoubtful: false };
  }

  /** Reports the first stored node of each level that lies beyond the tree. */
  async checkBeyond(): Promise<void> {
    for (let level = 1; level <= MAX_LEVEL; level += 1) {
      const node = await this.nodesOf(level).peek();
      if (node !== undefined) this.reportUnsigned(level, node.index);
    }
  }

  private async join(left: Subtree, right: Subtree): Promise<Subtree> {
    const level = right.level + 1;
    const index = (right.index - 1) / 2;
    const isDoubtful = left.isDoubtful || right.isDoubtful;
    const stored = await this.storedNode(level, index);
    const known = left.hash === undefined || right.hash === undefined ? undefined : hashNode(left.hash, right.hash);
    if (stored === undefined) {
      // Over a missing leaf a missing node is no news.
      if (known !== undefined) this.report(LogFindingCode.NodeMissing, level, index, 'is missing');
      return { level, index, hash: known, isDoubtful: isDoubtful || known === undefined };
    }
    if (known !== undefined && sameHash(known, stored)) return { level, index, hash: stored, isDoubtful: false };
    // With a part unknown the stored node is the best there is; what was reported about that part is said already.
    if (isDoubtful) return { level, index, hash: stored, isDoubtful: known !== undefined };
    this.report(LogFindingCode.NodeMismatch, level, index, 'is not the hash of what lies below it');
    return { level, index, hash: stored, isDoubtful: true };
  }

  private async storedNode(level: number, index: number): Promise<Uint8Array | undefined> {
    const nodes = this.nodesOf(level);
    let node = await nodes.peek();
    while (node !== undefined && node.index < index) {
      this.reportUnsigned(level, node.index);
      await nodes.next();
      node = await nodes.peek();
    }
    if (node?.index !== index) return undefined;
    await nodes.next();
    return node.hash;
  }

  private nodesOf(level: number): Pages<StoredNode> {
    const pageSize = Math.max(2, Math.ceil(this.pageSize / 2 ** level));
    const known =
      this.levels.get(level) ??
      new Pages(
        (from) => this.reader.readNodes(level, from, pageSize),
        ({ index }: StoredNode) => index + 1,
      );
    this.levels.set(level, known);
    return known;
  }

  private report(code: LogFindingCode, level: number, node: number, what: string): void {
    const span = 2 ** level;
    const index = node * span;
    const ids = [index, index + span - 1].map((at) => this.recentIds.get(at)).filter((id) => id !== undefined);
    const names = ids.length === 0 ? '' : ` (${[...new Set(ids)].join(', ')})`;
    const message = `Node ${node} of level ${level}, over entries ${index} to ${index + span - 1}${names}, ${what}.`;
    const [entryId] = ids;
    this.findings.add({ code, index, ...(entryId === undefined ? {} : { entryId }), message });
  }

  private reportUnsigned(level: number, index: number): void {
    const message = `Node ${index} of level ${level} is stored, and the tree has no such node.`;
    this.findings.add({ code: LogFindingCode.NodeUnsigned, message });
  }

  private remember(id: string | undefined): void {
    if (id !== undefined) this.recentIds.set(this.leaves, id);
    this.recentIds.delete(this.leaves - 2 * this.pageSize);
  }
}
