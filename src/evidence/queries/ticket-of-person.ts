import { Inject, Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, ok, refusal, RefusalCode, type Err, type Refusal, type Result } from '../../../libs/kernel/index.js';
import type { Verb } from '../../../libs/policy/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';
import type { Ticket } from '../domain/ticket.js';
import { LiveUploads } from '../commands/live-uploads.js';
import { findTicket } from '../store/ticket.store.js';

/** A ticket and how far its upload is. */
export interface TicketProgress {
  readonly ticket: Ticket;
  readonly offset: number;
  readonly limitBytes: number;
}

/** Tickets, each for the person it was given to and for nobody else. */
@Injectable()
export class TicketOfPerson {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerIntake,
    private readonly uploads: LiveUploads,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The ticket in whatever state, or undefined (`id` attacker-controlled). */
  async find(context: ActContext, id: string): Promise<TicketProgress | undefined> {
    const ticketId = idOf<'ticket'>(id);
    const { actor } = context;
    if (!ticketId || !actor) return undefined;
    const ticket = await this.unitOfWork.run(context, (work) => findTicket(work, ticketId, actor.personId));
    return ticket && { ticket, offset: await this.uploads.offsetOf(ticket), limitBytes: this.config.upload.limitBytes };
  }

  /** The ticket in whatever state, for its person to look at; another person's is absent and the try recorded. */
  async read(context: ActContext, id: string): Promise<TicketProgress | undefined> {
    const found = await this.find(context, id);
    if (!found) await this.refuse(context, 'exhibit.request-upload', id);
    return found;
  }

  /** The ticket if files may be sent to it: one that failed or has expired is told so, another person's is absent and the try recorded. */
  async usable(context: ActContext, id: string, now: Date): Promise<Result<TicketProgress, Refusal>> {
    const found = await this.find(context, id);
    if (!found) return this.refuse(context, 'exhibit.deposit', id);
    const { state, why, expiresAt } = found.ticket;
    if (state === 'failed') return err(refusal(RefusalCode.Conflict, why ?? FAILED));
    if (state === 'waiting' && expiresAt <= now) return err(EXPIRED);
    return ok(found);
  }

  private async refuse(context: ActContext, verb: Verb, id: string): Promise<Err<Refusal>> {
    await this.unitOfWork.run(context, (work) =>
      this.ledger.append(work, { verb, outcome: 'refused', subject: { kind: 'ticket', id }, reason: 'no-ticket' }),
    );
    return err(NOT_FOUND);
  }
}

const FAILED = 'This upload failed. Begin it again from the page of the investigation.';
/** Told apart from a failed one by the code alone. */
export const EXPIRED = refusal(
  RefusalCode.Unavailable,
  'The time for this upload has run out. Begin it again from the page of the investigation; nothing of it was kept.',
);
