import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EnvelopeFault, StoredBody } from '../../../libs/envelope/index.js';
import type { ItemId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, Log, UnitOfWork, type Config, type Work } from '../../platform/index.js';
import { waitFor } from '../domain/pace.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { BlobMissing, BlobStore, type Blob } from '../store/blob-store.js';

const ROUND_MS = 300_000;
const SYSTEM = { actor: undefined, system: 'worker' } as const;

interface Body {
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

/** What was found. `locked`: the body is there, and only agencies that hold their own keys can say whether it is whole. */
interface Found {
  readonly outcome: 'whole' | 'altered' | 'missing' | 'locked';
  readonly code: string;
}

/**
 * Reads every sealed body again, in turn and no faster than it may, authenticates each chunk, and holds the hash of what was sealed
 * against the one it was deposited with. What is not whole raises an alarm: a line for the operator, a figure, an entry for auditors.
 */
@Injectable()
export class ScrubBodies implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: AgencyKeys,
    private readonly blobs: BlobStore,
    private readonly ledger: LedgerIntake,
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { bytesPerSecond, intervalSeconds } = this.config.scrub;
    if (bytesPerSecond === 0) return;
    this.timer = setInterval(() => void this.run(), Math.min(ROUND_MS, intervalSeconds * 1000));
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  /** All that is due. One round at a time in this process; another one at the same time does the same work harmlessly. */
  run(): Promise<void> {
    this.running ??= this.round().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async round(): Promise<void> {
    try {
      for (let body = await this.next(); body !== undefined && !this.stopping.signal.aborted; body = await this.next()) await this.prove(body);
    } catch (fault) {
      if (this.stopping.signal.aborted) return;
      this.log.warn({ fault: fault instanceof Error ? fault.message : 'unknown' }, 'The re-reading of sealed exhibits failed and will be tried again');
    }
  }

  private async next(): Promise<Body | undefined> {
    const [body] = await this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, (work) =>
      work.sql<Body>('SELECT * FROM bodies_to_scrub($1, 1)', [new Date(work.at.getTime() - this.config.scrub.intervalSeconds * 1000)]));
    return body;
  }

  private async prove(body: Body): Promise<void> {
    const found = await this.read(body);
    await this.unitOfWork.run({ ...SYSTEM, correlationId: randomUUID() }, (work) => this.record(work, body, found));
    if (found.outcome === 'altered' || found.outcome === 'missing') this.log.error({ item: body.item_id, code: found.code }, 'A stored exhibit is not what was deposited');
  }

  private async record(work: Work, { item_id: item, reference, sha256 }: Body, { outcome, code }: Found): Promise<void> {
    await work.sql('SELECT record_body_proof($1, $2, $3, $4)', [item, work.at, outcome, code]);
    // That it is whole is in the table; an entry for each would make the ledger grow by being idle.
    if (outcome === 'whole' || outcome === 'locked') return;
    await this.ledger.append(work, { verb: 'exhibit.scrub', outcome: 'done', subject: { kind: 'exhibit', id: item }, policy: 'worker', details: { items: [item], reference, sha256, found: outcome, code } });
  }

  private async read(body: Body): Promise<Found> {
    try {
      const blob = await this.blobs.open(body.blob_key);
      try {
        return await this.readWhole(body, blob);
      } finally {
        await blob.close();
      }
    } catch (fault) {
      if (fault instanceof BlobMissing) return { outcome: 'missing', code: 'missing' };
      if (fault instanceof EnvelopeFault) return { outcome: 'altered', code: fault.code };
      throw fault;
    }
  }

  private async readWhole({ fingerprint, locked_key: lockedKey, packet, size_bytes: size, sha256 }: Body, blob: Blob): Promise<Found> {
    if (fingerprint === null || lockedKey === null || packet === null) return { outcome: 'locked', code: 'agency-holds-its-key' };
    const key = await this.keys.open({ fingerprint, lockedKey });
    const stored = await StoredBody.open(blob, await key.sessionKey(packet));
    if (stored.dataBytes !== Number(size)) return { outcome: 'altered', code: 'other-size' };
    const hash = createHash('sha256');
    const began = Date.now();
    let read = 0;
    for await (const piece of stored.range(0, stored.dataBytes)) {
      hash.update(piece);
      read += piece.length;
      const wait = waitFor(read, Date.now() - began, this.config.scrub.bytesPerSecond);
      if (wait > 0) await pause(wait, undefined, { signal: this.stopping.signal });
    }
    return hash.digest('hex') === sha256 ? { outcome: 'whole', code: 'whole' } : { outcome: 'altered', code: 'other-hash' };
  }
}
