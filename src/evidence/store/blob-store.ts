import type { BodySource } from '../../../libs/envelope/index.js';

/** A sealed body that is still being written. */
export interface Draft {
  /** Octets stored so far. */
  readonly sizeBytes: number;
  /** Writes `pieces` at `offset`, in order. */
  write(offset: number, pieces: readonly Uint8Array[]): Promise<void>;
  read(offset: number, length: number): Promise<Uint8Array>;
  truncate(length: number): Promise<void>;
  /** Returns only when everything written would survive a loss of power. */
  sync(): Promise<void>;
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
  abstract publish(key: string): Promise<void>;
  /** Takes a publication back, after the act it belonged to did not happen. */
  abstract withdraw(key: string): Promise<void>;
  /** @throws BlobMissing. */
  abstract open(key: string): Promise<Blob>;
  /** Removes a body for good. Nothing happens when there is none. */
  abstract discard(key: string): Promise<void>;
  /** Everything stored for longer than `olderThanMs`. */
  abstract list(olderThanMs: number): Promise<StoredName[]>;
}

/** The store has no such body. */
export class BlobMissing extends Error {
  constructor() {
    super('The sealed body of this exhibit is not in the blob store.');
    this.name = 'BlobMissing';
  }
}
