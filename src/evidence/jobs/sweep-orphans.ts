import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Log, UnitOfWork } from '../../platform/index.js';
import { LiveUploads } from '../commands/live-uploads.js';
import { BlobMissing, BlobStore, type StoredName } from '../store/blob-store.js';
import { disposedBodies } from '../store/disposal.store.js';
import { ticketStates, type TicketSeen } from '../store/ticket.store.js';
import { kindOfFault } from './setbacks.js';

const HOUR_MS = 60 * 60 * 1000;

/** Removes what uploads left behind that came to nothing, and lets go of those nobody goes on with. */
@Injectable()
export class SweepOrphans implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly blobs: BlobStore,
    private readonly uploads: LiveUploads,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), HOUR_MS);
    this.timer.unref();
    void this.run();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * One round. The ticket's row decides, and only what is positively known to have come to nothing is removed: its ticket is
   * there, is not done, and its time is over; or its exhibit was disposed of. A file without a ticket is reported and left alone; it may be evidence of a
   * database restored from a copy.
   */
  async run(): Promise<void> {
    try {
      await this.uploads.releaseIdle();
      const stored = await this.blobs.list(HOUR_MS);
      if (stored.length > 0) await this.sweep(stored);
      this.log.info({ looked: stored.length }, 'The sweep of abandoned uploads is over');
    } catch (fault) {
      this.log.warn({ fault: fault instanceof Error ? fault.message : 'unknown' }, 'The sweep of abandoned uploads failed and will be tried again');
    }
  }

  private async sweep(stored: readonly StoredName[]): Promise<void> {
    const context = { actor: undefined, system: 'worker', correlationId: randomUUID() } as const;
    const states = await this.unitOfWork.run(context, (work) => ticketStates(work, stored.map(({ key }) => key)));
    const disposed = new Set(await this.unitOfWork.run(context, (work) => disposedBodies(work, stored.map(({ key }) => key))));
    const known = new Map(states.map((ticket) => [ticket.id, ticket]));
    for (const one of stored) {
      try {
        await this.settle(one, { isDisposed: disposed.has(one.key), ticket: known.get(one.key) });
      } catch (fault) {
        this.log.warn({ blob: one.key, why: kindOfFault(fault) }, 'A sealed file could not be swept and will be tried again');
      }
    }
  }

  private async settle({ key, place }: StoredName, { isDisposed, ticket }: { readonly isDisposed: boolean; readonly ticket: TicketSeen | undefined }): Promise<void> {
    if (isDisposed) return this.blobs.discard(key);
    if (!ticket) this.log.warn({ blob: key, place }, 'A sealed file belongs to no ticket of this database');
    else if (ticket.state === 'done' && place === 'quarantine') await this.restore(key);
    else if (ticket.state === 'failed' || (ticket.state === 'waiting' && ticket.expiresAt < this.clock.now())) await this.blobs.discard(key);
  }

  /** What a deposit left in quarantine is removed. Unless it is the evidence itself: the row says that it was deposited, whatever took it back. */
  private async restore(key: string): Promise<void> {
    try {
      const blob = await this.blobs.open(key);
      await blob.close();
      await this.blobs.settle(key);
    } catch (fault) {
      if (!(fault instanceof BlobMissing)) throw fault;
      this.log.error({ blob: key }, 'The sealed file of an exhibit lay in quarantine and is published again');
      await this.blobs.publish(key);
    }
  }
}
