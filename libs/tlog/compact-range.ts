import { hashNode } from './hashing.js';
import { foldSubtrees } from './node-reader.js';
import { perfectSubtrees, type NodeAddress } from './tree-shape.js';

/** A node that became complete when a leaf was appended; once complete it never changes. */
export interface CompletedNode extends NodeAddress {
  readonly hash: Uint8Array;
}

/**
 * The right edge of a tree of any size, in at most 53 hashes: enough to append leaves and to know the root without
 * reading what is already in the tree.
 */
export class CompactRange {
  private constructor(
    private leaves: number,
    private readonly edge: Uint8Array[],
  ) {}

  /** The tree without leaves. */
  static empty(): CompactRange {
    return new CompactRange(0, []);
  }

  /** The addresses whose hashes `resume` needs to go on with a tree of `size` leaves. */
  static addressesFor(size: number): readonly NodeAddress[] {
    return perfectSubtrees({ begin: 0, end: size });
  }

  /**
   * A tree of `size` leaves, to be appended to.
   *
   * @throws RangeError when `hashes` are not one for each of `addressesFor(size)`.
   */
  static resume(size: number, hashes: readonly Uint8Array[]): CompactRange {
    if (hashes.length !== CompactRange.addressesFor(size).length) {
      throw new RangeError('A compact range needs one hash for each of its subtrees');
    }
    return new CompactRange(size, [...hashes]);
  }

  /** How many leaves the tree has. */
  get size(): number {
    return this.leaves;
  }

  /** The hashes of the subtrees at `addressesFor(size)`, as `resume` takes them. */
  hashes(): readonly Uint8Array[] {
    return [...this.edge];
  }

  /** Appends one leaf hash and gives every node it completed, the leaf itself first. */
  append(leafHash: Uint8Array): readonly CompletedNode[] {
    const completed: CompletedNode[] = [{ level: 0, index: this.leaves, hash: leafHash }];
    let node = { level: 0, index: this.leaves, hash: leafHash };
    while (node.index % 2 === 1) {
      const left = this.edge.pop();
      if (left === undefined) throw new Error('The compact range lost its left edge');
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: hashNode(left, node.hash) };
      completed.push(node);
    }
    this.edge.push(node.hash);
    this.leaves += 1;
    return completed;
  }

  /** The root of the tree as it stands. */
  root(): Uint8Array {
    return foldSubtrees(this.edge);
  }
}
