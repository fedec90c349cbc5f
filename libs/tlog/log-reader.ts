/** One leaf as the log stores it, with the entry it stands for when that is still there. */
export interface StoredEntry {
  readonly index: number;
  /** The application's own name for the entry, for the reader of a finding. */
  readonly id: string;
  /** The leaf hash the tree was built from. */
  readonly leafHash: Uint8Array;
  /** What the leaf hash is the hash of, or undefined when the entry itself is gone. */
  readonly leaf: Uint8Array | undefined;
  /** Whether it is gone because it was erased or is no longer kept, and the log itself says so: then only the leaf hash is to be there. */
  readonly erased?: boolean;
  /** What the application finds wrong with the entry by its own rules, one sentence each. */
  readonly faults?: readonly string[];
}

/** One stored node above the leaves. */
export interface StoredNode {
  readonly index: number;
  readonly hash: Uint8Array;
}

/** One stored checkpoint: the signed note, and the size the store files it under. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
}

/** All that a whole check of a log needs to read, so that it runs over a database, an export or a test alike. */
export interface LogReader {
  /** Up to `limit` leaves with an index of at least `from`, in the order of their indexes. */
  readEntries(from: number, limit: number): Promise<readonly StoredEntry[]>;
  /** Up to `limit` nodes of `level` (1 or above) with an index of at least `from`, in the order of their indexes. */
  readNodes(level: number, from: number, limit: number): Promise<readonly StoredNode[]>;
  /** Up to `limit` checkpoints of a size of at least `from`, in the order of their sizes. */
  readCheckpoints(from: number, limit: number): Promise<readonly StoredCheckpoint[]>;
}

/** Every kind of thing that can be wrong with a log. Messages may change, codes may not. */
export const LogFindingCode = {
  /** An index below the size the log signed for has no leaf. */
  EntryMissing: 'entry-missing',
  /** A leaf stands where the log has not signed for one. */
  EntryUnsigned: 'entry-unsigned',
  /** Two leaves stand at one index. */
  EntryTwice: 'entry-twice',
  /** The leaf is there, what it is the hash of is not. */
  BodyMissing: 'body-missing',
  /** The entry no longer hashes to its leaf: one of the two was altered. */
  LeafMismatch: 'leaf-mismatch',
  /** The application's own rules find fault with the entry. */
  EntryFault: 'entry-fault',
  /** A stored node is not the hash of its children: it, or a leaf below it, was altered. */
  NodeMismatch: 'node-mismatch',
  NodeMissing: 'node-missing',
  /** A node stands where the tree has none. */
  NodeUnsigned: 'node-unsigned',
  /** The signature does not hold, or the note is not a checkpoint of this log. */
  CheckpointBad: 'checkpoint-bad',
  /** The checkpoint is signed, and the leaves do not lead to its root. */
  CheckpointMismatch: 'checkpoint-mismatch',
  /** A checkpoint somebody remembers is not the beginning of this log. */
  Forked: 'forked',
} as const;
export type LogFindingCode = (typeof LogFindingCode)[keyof typeof LogFindingCode];

/** One thing wrong with a log. */
export interface LogFinding {
  readonly code: LogFindingCode;
  /** The index of the entry it is about, or of the first of them. */
  readonly index?: number;
  /** The application's id of that entry. */
  readonly entryId?: string;
  /** A whole sentence that names what is wrong and where. */
  readonly message: string;
}
