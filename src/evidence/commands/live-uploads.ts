import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EnvelopeFault, resumePoint, type SealedFacts } from '../../../libs/envelope/index.js';
import type { TicketId } from '../../../libs/kernel/index.js';
import { Clock } from '../../platform/index.js';
import type { Ticket } from '../domain/ticket.js';
import { BlobStore } from '../store/blob-store.js';
import { TicketVault } from '../store/ticket-vault.js';
import { LiveUpload } from './live-upload.js';

const IDLE_MS = 10 * 60 * 1000;

/**
 * The uploads in progress in this process, kept open so that a cut connection goes on at the very octet. After a restart,
 * or a long pause, one is taken up from disk at its last whole chunk. All deliveries of one ticket must reach one process.
 */
@Injectable()
export class LiveUploads implements OnApplicationShutdown {
  private readonly slots = new Map<TicketId, Promise<Slot>>();

  constructor(
    private readonly vault: TicketVault,
    private readonly blobs: BlobStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The upload of a waiting ticket, taken up if need be. What was damaged on disk meanwhile is thrown away: it begins anew.
   *
   * @throws Error when the ticket's session key is gone.
   */
  async slot(ticket: Ticket): Promise<Slot> {
    const known = this.slots.get(ticket.id);
    const opening = known ?? this.open(ticket);
    this.slots.set(ticket.id, opening);
    try {
      const slot = await opening;
      slot.touchedAt = this.clock.now().getTime();
      return slot;
    } catch (fault) {
      this.slots.delete(ticket.id);
      throw fault;
    }
  }

  /** Octets of the file that need not be sent again, without taking the upload up. */
  async offsetOf(ticket: Ticket): Promise<number> {
    if (ticket.state === 'done') return ticket.sizeBytes ?? 0;
    const slot = await this.slots.get(ticket.id);
    return slot ? slot.upload.takenBytes : resumePoint(await this.blobs.draftBytes(ticket.id)).dataBytes;
  }

  /** Lets go of an upload; what is stored stays. */
  async release(slot: Slot): Promise<void> {
    if (slot.closed) return;
    slot.closed = true;
    this.slots.delete(slot.ticketId);
    await slot.upload.close();
  }

  /** Lets go of an upload and of what is stored. */
  async discard(slot: Slot): Promise<void> {
    await this.release(slot);
    await this.blobs.discard(slot.ticketId);
  }

  /** Lets go of uploads nobody has touched for a while. */
  async releaseIdle(): Promise<void> {
    const limit = this.clock.now().getTime() - IDLE_MS;
    for (const opening of [...this.slots.values()]) {
      const slot = await opening.catch(() => undefined);
      if (slot && slot.touchedAt < limit) await this.release(slot);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    for (const opening of [...this.slots.values()]) {
      const slot = await opening.catch(() => undefined);
      if (slot) await this.release(slot);
    }
  }

  private async open(ticket: Ticket): Promise<Slot> {
    if (!ticket.wrappedKey) throw new Error('This ticket has no session key any more.');
    const sessionKey = this.vault.unlock(ticket.id, ticket.wrappedKey);
    const draft = await this.blobs.draft(ticket.id);
    try {
      return new Slot(ticket.id, sessionKey, await LiveUpload.open(draft, sessionKey));
    } catch (fault) {
      await draft.close();
      if (!(fault instanceof EnvelopeFault)) throw fault;
      await this.blobs.discard(ticket.id);
      return new Slot(ticket.id, sessionKey, await LiveUpload.open(await this.blobs.draft(ticket.id), sessionKey));
    }
  }
}

/** One ticket's upload and whose turn it is. */
export class Slot {
  touchedAt = 0;
  closed = false;
  private broken = false;
  private turn: Promise<unknown> = Promise.resolve();
  private cut: () => void = () => undefined;

  constructor(
    readonly ticketId: TicketId,
    readonly sessionKey: Uint8Array,
    readonly upload: LiveUpload,
  ) {}

  /** Runs `act` when the delivery before has ended, which is made to end now. */
  takeTurn<T>(cut: () => void, act: () => Promise<T>): Promise<T> {
    this.cut();
    this.cut = cut;
    const turn = this.turn.then(act, act);
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  /** @throws when the disk does not take it; nothing more can then be written through this slot. */
  async write(piece: Uint8Array): Promise<void> {
    if (this.broken) throw new Error('This upload must be taken up from disk again.');
    try {
      await this.upload.write(piece);
    } catch (fault) {
      this.broken = true;
      throw fault;
    }
  }

  async settle(): Promise<void> {
    try {
      await this.upload.settle();
    } catch (fault) {
      this.broken = true;
      throw fault;
    }
  }

  /**
   * Ends the upload.
   *
   * @throws what the disk or the reading back threw; the slot is then of no more use.
   */
  async finish(): Promise<SealedFacts & { readonly beginning: Buffer }> {
    try {
      return await this.upload.finish();
    } catch (fault) {
      this.broken = true;
      throw fault;
    }
  }

  /** Whether what is in memory has run ahead of what is on disk. */
  get isBroken(): boolean {
    return this.broken;
  }
}
