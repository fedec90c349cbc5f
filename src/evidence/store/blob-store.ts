import type { BodySource } from '../../../libs/envelope/index.js';
import { isUuid } from '../../../libs/kernel/index.js';

/** A sealed body that is still being written. */
export interface Draft {
  /** Octets stored so far. */
  readonly sizeBytes: number;
  /** Writes `pieces` at `offset`, in order. */
  write(offset: number, pieces: readonly Uint8Array[]): Promise<void>;
  read(offset: number, length: number): Promise<Uint8Array>;
  truncate(length: number): Promise<void>;
  /** Hands on what was written, so that whoever opens the draft next finds it. Not what makes it durable: see {@link Draft.sync}. */
  flush(): Promise<void>;
  /** Returns only when everything written would survive a loss of power. What is read from here on is what will be published. */
  sync(): Promise<void>;
  /** Lets go, and writes nothing: another process may hold the draft by now. */
  close(): Promise<void>;
}

/** A published body, open for reading. */
export interface Blob extends BodySource {
  close(): Promise<void>;
}

/** What lies in the store, for the sweeper. */
export interface StoredName {
  readonly key: string;
  readonly place: 'quarantine' | 'published';
}

/**
 * Where sealed bodies lie. Everything begins in quarantine, where nobody reads it as evidence; publishing is one atomic
 * step. Keys are UUIDs of the product's own making, never anything a person typed.
 */
export abstract class BlobStore {
  /** Opens the draft of `key`, making it when there is none. A body published by an act that was never finished comes back. */
  abstract draft(key: string): Promise<Draft>;
  /** Octets stored of a draft; 0 when there is none. */
  abstract draftBytes(key: string): Promise<number>;
  /** What was synced becomes a body that can be opened, in one step. */
  abstract publish(key: string): Promise<void>;
  /** Takes a publication back, after the act it belonged to did not happen. */
  abstract withdraw(key: string): Promise<void>;
  /** Lets go of what was kept so that a publication could be taken back, now that its act is done for good. */
  abstract settle(key: string): Promise<void>;
  /** @throws BlobMissing. */
  abstract open(key: string): Promise<Blob>;
  /** Removes a body for good. Nothing happens when there is none. */
  abstract discard(key: string): Promise<void>;
  /** Everything stored for longer than `olderThanMs`. */
  abstract list(olderThanMs: number): Promise<StoredName[]>;
}

/** A key that is no UUID would be a path of somebody's choosing. */
export function checkedKey(key: string): string {
  if (!isUuid(key)) throw new TypeError('A blob key is a UUID');
  return key;
}

/** The store has no such body. */
export class BlobMissing extends Error {
  constructor() {
    super('The sealed body of this exhibit is not in the blob store.');
    this.name = 'BlobMissing';
  }
}
