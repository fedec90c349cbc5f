import { Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { EnvelopeFault } from '../../../libs/envelope/index.js';
import { err, ok, refusal, RefusalCode, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Log, UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { beginsAsText, PLAIN_TEXT } from '../domain/preview.js';
import { EMPTY_FILE, tooLarge } from '../domain/file-size.js';
import { UNDER_WAY, type Ticket } from '../domain/ticket.js';
import { endTicket } from '../store/ticket.store.js';
import { DepositExhibit } from './deposit-exhibit.js';
import { LiveUploads } from './live-uploads.js';
import type { Slot } from './upload-slot.js';

/** What is being sent: the octets and what is said about them. */
export interface Delivery {
  readonly octets: AsyncIterable<Uint8Array>;
  /** Ends the stream from this side, when a later delivery takes its place. */
  readonly cut: () => void;
  /** Where in the file they begin. */
  readonly offset: number;
  /** Name of the file, checked. */
  readonly fileName: string;
  /** Octets the whole file has, or undefined when the end of the stream is the end of the file. */
  readonly sizeBytes: number | undefined;
  /** The most octets a file may have. */
  readonly limitBytes: number;
}

/** How far an upload is, after a delivery. */
export interface Progress {
  readonly offset: number;
  /** The exhibit it became, when this delivery was the last. */
  readonly itemId: ItemId | undefined;
}

/** Takes files in: sealed as they arrive, and evidence only when the last octet is durable and has been read back. */
@Injectable()
export class ReceiveUpload {
  constructor(
    private readonly uploads: LiveUploads,
    private readonly depositExhibit: DepositExhibit,
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerIntake,
    private readonly log: Log,
  ) {}

  /**
   * Takes a delivery. While another one for the same ticket is being served it is refused, unless that one has fallen silent.
   *
   * @throws what the connection or the disk threw; what was taken before stays and can be gone on from.
   */
  async receive(context: ActContext, ticket: Ticket, delivery: Delivery): Promise<Result<Progress, Refusal>> {
    const slot = await this.uploads.slot(context, ticket);
    if (!slot.ok) return slot;
    return (await slot.value.takeTurn(delivery.cut, () => this.take(context, ticket, slot.value, delivery))) ?? err(UNDER_WAY);
  }

  /** The same for a delivery that is the whole file: whatever an earlier attempt left is put aside first. */
  async receiveWhole(context: ActContext, ticket: Ticket, delivery: Delivery): Promise<Result<Progress, Refusal>> {
    const slot = await this.uploads.slot(context, ticket);
    if (!slot.ok) return slot;
    if (slot.value.upload.takenBytes > 0) {
      const cleared = slot.value.takeTurn(() => undefined, () => this.uploads.discard(slot.value));
      if (!cleared) return err(UNDER_WAY);
      await cleared;
    }
    try {
      return await this.receive(context, ticket, delivery);
    } catch (fault) {
      const left = await this.uploads.slot(context, ticket);
      if (left.ok && !left.value.isUnderWay) await this.uploads.discard(left.value);
      throw fault;
    }
  }

  private async take(context: ActContext, ticket: Ticket, slot: Slot, delivery: Delivery): Promise<Result<Progress, Refusal>> {
    const { upload } = slot;
    if (slot.isOver() || delivery.offset !== upload.takenBytes) return err(stale(upload.takenBytes));
    try {
      const fault = await pour(slot, delivery);
      slot.arrived();
      if (fault) return await this.startOver(slot, fault);
      if (delivery.sizeBytes !== undefined && upload.takenBytes < delivery.sizeBytes) return ok({ offset: upload.takenBytes, itemId: undefined });
      return await this.complete(context, ticket, slot, delivery);
    } catch (fault) {
      // A fault of the envelope says that the octets are of no use, unless the file was already whole and let go of.
      if (slot.isOver() || !(fault instanceof EnvelopeFault)) {
        if (slot.isBroken) await this.uploads.release(slot);
        throw fault;
      }
      this.log.warn({ ticket: ticket.id, code: fault.code }, 'An upload could not go on and begins anew');
      return this.startOver(slot, NOT_THE_SAME);
    }
  }

  private async complete(context: ActContext, ticket: Ticket, slot: Slot, { fileName }: Delivery): Promise<Result<Progress, Refusal>> {
    const sizeBytes = slot.upload.takenBytes;
    if (sizeBytes === 0) return this.startOver(slot, refusal(RefusalCode.Invalid, EMPTY_FILE));
    if (ticket.sizeBytes !== null && ticket.sizeBytes !== sizeBytes) return this.startOver(slot, OTHER_SIZE);
    const { beginning, ...facts } = await slot.finish();
    if (ticket.sha256 !== null && ticket.sha256 !== facts.sha256) return this.fail(context, ticket, slot, facts.sha256);
    await slot.upload.close();
    // The name says nothing about what a file is; its first octets do. A hostile beginning must not lose the deposit.
    const type = await fileTypeFromBuffer(beginning).catch(() => undefined);
    const mediaType = type?.mime ?? (beginsAsText(beginning) ? PLAIN_TEXT : 'application/octet-stream');
    try {
      const done = await this.depositExhibit.execute(context, { ticket, sessionKey: slot.sessionKey, facts, fileName, mediaType });
      // What there is no room for does not stay as a draft instead, where nothing would count it.
      if (!done.ok) return done.error.code === RefusalCode.TooLarge ? await this.startOver(slot, done.error) : done;
      // What fails here is left to the sweep: the deposit is done.
      await this.uploads.settle(ticket.id).catch((fault: unknown) => this.log.warn({ ticket: ticket.id, fault: messageOf(fault) }, 'What an upload left in the store is removed later'));
      return ok({ offset: sizeBytes, itemId: done.value });
    } finally {
      // Held until the act has ended: whoever took the draft up before would take the published body back under its feet.
      await this.uploads.release(slot);
    }
  }

  /** The octets taken so far are of no use: the same ticket may be tried again from the first. */
  private async startOver(slot: Slot, why: Refusal): Promise<Result<Progress, Refusal>> {
    await this.uploads.discard(slot);
    return err(why);
  }

  /** The file that arrived is not the file that was announced: somebody changed it on the way, or it is another file. */
  private async fail(context: ActContext, ticket: Ticket, slot: Slot, arrived: string): Promise<Result<Progress, Refusal>> {
    await this.uploads.discard(slot);
    await this.unitOfWork.run(context, async (work) => {
      await endTicket(work, ticket.id, { state: 'failed', why: WRONG_HASH });
      await this.recordOther(work, ticket, arrived);
    });
    return err(refusal(RefusalCode.Conflict, WRONG_HASH));
  }

  private async recordOther(work: Work, { id, workspaceId, title, marking, reference, sha256 }: Ticket, arrived: string): Promise<void> {
    await this.ledger.append(work, {
      verb: 'exhibit.deposit',
      outcome: 'refused',
      workspaceId,
      subject: { kind: 'upload', id, title, marking: printMarking(marking) },
      reason: 'other-sha256',
      details: { reference, announced: sha256, arrived },
    });
  }
}

/** Seals what arrives. Returns a refusal when more arrives than may. */
async function pour(slot: Slot, { octets, sizeBytes, limitBytes }: Delivery): Promise<Refusal | undefined> {
  const most = Math.min(sizeBytes ?? limitBytes, limitBytes);
  try {
    for await (const piece of octets) {
      if (slot.upload.takenBytes + piece.length > most) {
        return most === limitBytes ? refusal(RefusalCode.TooLarge, tooLarge(limitBytes)) : OTHER_SIZE;
      }
      await slot.write(piece);
    }
    return undefined;
  } finally {
    await slot.settle();
  }
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : 'unknown';
}

function stale(offset: number): Refusal {
  return refusal(RefusalCode.Stale, `This part does not follow what has arrived. Ask how far the upload is and go on at byte ${offset}.`);
}

const WRONG_HASH = 'The file that arrived is not the file that was announced: its SHA-256 is another. Nothing was kept. Begin the upload again.';
const OTHER_SIZE = refusal(RefusalCode.Invalid, 'The file is not as long as was announced. Choose the file again and begin the upload anew.');
const NOT_THE_SAME = refusal(
  RefusalCode.Conflict,
  'What arrives does not continue what was stored, or what was stored has been damaged. Nothing was kept. Begin the upload again.',
);

