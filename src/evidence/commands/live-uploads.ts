import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EnvelopeFault, resumePoint } from '../../../libs/envelope/index.js';
import { err, ok, type Refusal, type Result, type TicketId } from '../../../libs/kernel/index.js';
import { Clock, UnitOfWork, type ActContext } from '../../platform/index.js';
import { ENDED, UNDER_WAY, type Ticket } from '../domain/ticket.js';
import { BlobStore } from '../store/blob-store.js';
import { TicketLocks } from '../store/ticket-locks.js';
import { settledTicket } from '../store/ticket.store.js';
import { TicketVault } from '../store/ticket-vault.js';
import { LiveUpload } from './live-upload.js';
import { Slot } from './upload-slot.js';

const IDLE_MS = 10 * 60 * 1000;

/**
 * The uploads in progress in this process, kept open so that a cut connection goes on at the very octet. After a restart,
 * a long pause, or in another process, one is taken up from disk at its last whole chunk. Of all processes one at a time
 * holds an upload.
 */
@Injectable()
export class LiveUploads implements OnApplicationShutdown {
  private readonly slots = new Map<TicketId, Promise<Result<Slot, Refusal>>>();

  constructor(
    private readonly vault: TicketVault,
    private readonly blobs: BlobStore,
    private readonly locks: TicketLocks,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    locks.watch({ asked: (id) => void this.handOver(id), lost: () => void this.abandon() });
  }

  /**
   * The upload of a waiting ticket, taken up if need be. What was damaged on disk meanwhile is thrown away: it begins anew.
   * Refused while another process is receiving it, and when it has ended since `ticket` was read.
   */
  async slot(context: ActContext, ticket: Ticket): Promise<Result<Slot, Refusal>> {
    const opening = this.slots.get(ticket.id) ?? this.open(context, ticket);
    this.slots.set(ticket.id, opening);
    const forget = (): void => {
      if (this.slots.get(ticket.id) === opening) this.slots.delete(ticket.id);
    };
    try {
      const opened = await opening;
      if (opened.ok) opened.value.touchedAt = this.now();
      else forget();
      return opened;
    } catch (fault) {
      forget();
      throw fault;
    }
  }

  /** Octets of the file that need not be sent again, without taking the upload up. */
  async offsetOf(ticket: Ticket): Promise<number> {
    if (ticket.state === 'done') return ticket.sizeBytes ?? 0;
    const slot = await this.known(ticket.id);
    return slot ? slot.upload.takenBytes : resumePoint(await this.blobs.draftBytes(ticket.id)).dataBytes;
  }

  /** Lets go of an upload; what is stored stays. */
  async release(slot: Slot): Promise<void> {
    await this.end(slot, { first: () => keep(slot) });
  }

  /** Lets go of an upload and of what is stored. */
  async discard(slot: Slot): Promise<void> {
    await this.end(slot, { last: () => this.blobs.discard(slot.ticketId) });
  }

  /** Lets go of what was kept of a deposited file so that its publication could be taken back. */
  async settle(id: TicketId): Promise<void> {
    await this.blobs.settle(id);
  }

  /** Lets go of uploads nobody has touched for a while. */
  async releaseIdle(): Promise<void> {
    const limit = this.now() - IDLE_MS;
    for (const slot of await this.all()) if (slot.touchedAt < limit && !slot.isUnderWay) await this.release(slot);
  }

  async onApplicationShutdown(): Promise<void> {
    for (const slot of await this.all()) await this.release(slot);
    await this.locks.close();
  }

  /** The lock is the last thing to go, so that nobody opens the draft before it lies as it shall lie. */
  private async end(slot: Slot, { first, last }: { readonly first?: () => Promise<void>; readonly last?: () => Promise<void> }): Promise<void> {
    if (slot.closed) return;
    slot.closed = true;
    try {
      await first?.();
      await slot.upload.close();
      await last?.();
    } finally {
      this.slots.delete(slot.ticketId);
      await this.locks.free(slot.ticketId);
    }
  }

  private async open(context: ActContext, ticket: Ticket): Promise<Result<Slot, Refusal>> {
    if (!(await this.locks.take(ticket.id))) return err(UNDER_WAY);
    let opened: Slot | undefined;
    try {
      // Read under the lock, and with no deposit of it under way elsewhere: to open the draft of a ticket that is done would
      // take published evidence back.
      const now = await this.unitOfWork.run(context, (work) => settledTicket(work, ticket.id, ticket.personId));
      if (now?.state !== 'waiting' || !now.wrappedKey) return err(ENDED);
      const sessionKey = this.vault.unlock(ticket.id, now.wrappedKey);
      opened = new Slot(ticket.id, sessionKey, await this.takeUp(ticket.id, sessionKey), () => this.now());
      return ok(opened);
    } finally {
      if (!opened) await this.locks.free(ticket.id);
    }
  }

  private async takeUp(id: TicketId, sessionKey: Uint8Array): Promise<LiveUpload> {
    const draft = await this.blobs.draft(id);
    try {
      return await LiveUpload.open(draft, sessionKey);
    } catch (fault) {
      await draft.close();
      if (!(fault instanceof EnvelopeFault)) throw fault;
      await this.blobs.discard(id);
      return LiveUpload.open(await this.blobs.draft(id), sessionKey);
    }
  }

  /** Another process is being sent this upload: what nobody is sending here goes to it. */
  private async handOver(id: TicketId): Promise<void> {
    const slot = await this.known(id);
    if (slot && !slot.isUnderWay) await this.release(slot);
  }

  /** Nothing held here may be written any more. */
  private async abandon(): Promise<void> {
    for (const slot of await this.all()) {
      slot.abandon();
      await this.release(slot);
    }
  }

  private async known(id: TicketId): Promise<Slot | undefined> {
    const opened = await this.slots.get(id)?.catch(() => undefined);
    return opened?.ok === true ? opened.value : undefined;
  }

  private async all(): Promise<Slot[]> {
    const found = await Promise.all([...this.slots.keys()].map((id) => this.known(id)));
    return found.flatMap((slot) => slot ?? []);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

/**
 * Hands on what the store has not been given yet. What is lost here is sent again: the sender is told on resuming. Of an upload that is
 * broken nothing may be written any more: another process may hold it.
 */
async function keep(slot: Slot): Promise<void> {
  if (!slot.isBroken) await slot.upload.keep().catch(() => undefined);
}
