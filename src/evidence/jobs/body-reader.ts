import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { EnvelopeFault, EnvelopeFaultCode, StoredBody } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import { CONFIG, type Config } from '../../platform/index.js';
import { waitFor } from '../domain/pace.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { BlobMissing, BlobStore, type Blob } from '../store/blob-store.js';

/** A sealed body with what it takes to read it. */
export interface Body {
  readonly item_id: ItemId;
  readonly reference: string;
  readonly blob_key: string;
  readonly size_bytes: string;
  readonly sha256: string;
  /** Of a key of the portal's that opens it; null where only agencies do. */
  readonly fingerprint: string | null;
  readonly locked_key: Buffer | null;
  readonly packet: Buffer | null;
}

/**
 * What was found. `locked`: the body is there, and no key at hand opens it: because only agencies hold one (`agency-holds-its-key`), or
 * because the portal's does not open (`no-key`), which says nothing of the body.
 */
export interface Found {
  readonly outcome: 'whole' | 'altered' | 'missing' | 'locked';
  readonly code: string;
}

/** How a reading is stopped, and told of as it goes on. */
export interface Reading {
  readonly signal: AbortSignal;
  readonly told?: (readBytes: number) => Promise<void>;
}

/** What is read where the reading in turn is switched off and an auditor asks all the same. */
const RATE_WHEN_OFF = 8_388_608;

/**
 * Reads a sealed body from its first octet to its last, authenticates each chunk, and holds the hash of what was sealed against the one
 * it was deposited with. Everything this process reads in this way together is no faster than it may be.
 */
@Injectable()
export class BodyReader {
  private readonly bytesPerSecond: number;
  private readings = 0;

  constructor(
    private readonly keys: AgencyKeys,
    private readonly blobs: BlobStore,
    @Inject(CONFIG) config: Config,
  ) {
    this.bytesPerSecond = config.scrub.bytesPerSecond || RATE_WHEN_OFF;
  }

  async read(body: Body, reading: Reading): Promise<Found> {
    this.readings += 1;
    try {
      return await this.open(body, reading);
    } finally {
      this.readings -= 1;
    }
  }

  private async open(body: Body, reading: Reading): Promise<Found> {
    try {
      const blob = await this.blobs.open(body.blob_key);
      try {
        return await this.readWhole(body, blob, reading);
      } finally {
        await blob.close();
      }
    } catch (fault) {
      if (fault instanceof BlobMissing) return { outcome: 'missing', code: 'missing' };
      if (fault instanceof EnvelopeFault && fault.code === EnvelopeFaultCode.NoKey) return { outcome: 'locked', code: fault.code };
      if (fault instanceof EnvelopeFault) return { outcome: 'altered', code: fault.code };
      throw fault;
    }
  }

  private async readWhole({ fingerprint, locked_key: lockedKey, packet, size_bytes: size, sha256 }: Body, blob: Blob, { signal, told }: Reading): Promise<Found> {
    if (fingerprint === null || lockedKey === null || packet === null) return { outcome: 'locked', code: 'agency-holds-its-key' };
    const key = await this.keys.open({ fingerprint, lockedKey });
    const stored = await StoredBody.open(blob, await key.sessionKey(packet));
    if (stored.dataBytes !== Number(size)) return { outcome: 'altered', code: 'other-size' };
    const hash = createHash('sha256');
    const began = Date.now();
    let [read, counted] = [0, 0];
    for await (const piece of stored.range(0, stored.dataBytes)) {
      hash.update(piece);
      read += piece.length;
      // While several are read at once, each takes its share.
      counted += piece.length * this.readings;
      await told?.(read);
      const wait = waitFor(counted, Date.now() - began, this.bytesPerSecond);
      if (wait > 0) await pause(wait, undefined, { signal });
    }
    return hash.digest('hex') === sha256 ? { outcome: 'whole', code: 'whole' } : { outcome: 'altered', code: 'other-hash' };
  }
}
