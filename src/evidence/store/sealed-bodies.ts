import { Injectable } from '@nestjs/common';
import { EnvelopeFault, STORED_CHUNK_BYTES, StoredBody } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import { Log } from '../../platform/index.js';
import { BlobMissing, BlobStore, type Blob } from './blob-store.js';
import type { ExhibitRow } from './exhibit.store.js';

/** A stored body whose last tag has held. */
export interface OpenBody {
  readonly stored: StoredBody;
  readonly close: () => Promise<void>;
}

/** A stored body as it lies there, sealed. */
export interface SealedBody {
  readonly sizeBytes: number;
  readonly octets: () => AsyncGenerator<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** The stored bodies of exhibits. What is not what was deposited is not handed out, and raises an alarm. */
@Injectable()
export class SealedBodies {
  constructor(
    private readonly blobs: BlobStore,
    private readonly log: Log,
  ) {}

  /** The body with its last tag checked, or undefined when what is stored is not what was sealed. */
  async open(exhibit: ExhibitRow, sessionKey: Uint8Array): Promise<OpenBody | undefined> {
    const blob = await this.find(exhibit);
    if (!blob) return undefined;
    try {
      const stored = await StoredBody.open(blob, sessionKey);
      if (stored.dataBytes === exhibit.sizeBytes) return { stored, close: () => blob.close() };
      this.alarm(exhibit.itemId, 'other-size');
    } catch (fault) {
      if (!(fault instanceof EnvelopeFault)) throw fault;
      this.alarm(exhibit.itemId, fault.code);
    }
    await blob.close();
    return undefined;
  }

  /** The body still sealed, for who opens it elsewhere; undefined when it is not there. */
  async sealed(exhibit: ExhibitRow): Promise<SealedBody | undefined> {
    const blob = await this.find(exhibit);
    return blob && { sizeBytes: blob.sizeBytes, octets: () => inChunks(blob), close: () => blob.close() };
  }

  private async find({ blobKey, itemId }: ExhibitRow): Promise<Blob | undefined> {
    try {
      return await this.blobs.open(blobKey);
    } catch (fault) {
      if (!(fault instanceof BlobMissing)) throw fault;
      this.alarm(itemId, 'missing');
      return undefined;
    }
  }

  private alarm(itemId: ItemId, code: string): void {
    this.log.error({ item: itemId, code }, 'A stored exhibit is not what was deposited');
  }
}

async function* inChunks(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.sizeBytes; at += STORED_CHUNK_BYTES) yield await blob.read(at, Math.min(STORED_CHUNK_BYTES, blob.sizeBytes - at));
}
