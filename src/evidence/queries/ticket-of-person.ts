import { Inject, Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, ok, refusal, RefusalCode, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import type { Verb } from '../../../libs/policy/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, UnitOfWork, type ActContext, type Config, type Work } from '../../platform/index.js';
import type { Ticket } from '../domain/ticket.js';
import { LiveUploads } from '../commands/live-uploads.js';
import { findExhibit } from '../store/exhibit.store.js';
import { findTicket } from '../store/ticket.store.js';

/** A ticket and how far its upload is. */
export interface TicketProgress {
  readonly ticket: Ticket;
  /** Whether its time ran out before the file was whole. */
  readonly isExpired: boolean;
  readonly offset: number;
  readonly limitBytes: number;
  /** The exhibit it became, if its person may still see it. */
  readonly exhibitId: ItemId | null;
}

type TicketVerb = Extract<Verb, 'exhibit.deposit' | 'exhibit.request-upload'>;
type Found = Pick<TicketProgress, 'ticket' | 'isExpired' | 'exhibitId'>;

/** Tickets, each for the person it was given to and for nobody else. */
@Injectable()
export class TicketOfPerson {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerIntake,
    private readonly uploads: LiveUploads,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The ticket in whatever state (`id` attacker-controlled). Another person's is as absent as none, and the try is recorded. */
  async find(context: ActContext, id: string, verb: TicketVerb): Promise<TicketProgress | undefined> {
    const found = await this.unitOfWork.run(context, async (work) => {
      const own = await ownTicket(work, id);
      if (!own) await this.ledger.append(work, { verb, outcome: 'refused', subject: { kind: 'ticket', id }, reason: 'no-ticket' });
      return own;
    });
    return found && { ...found, offset: await this.uploads.offsetOf(found.ticket), limitBytes: this.config.upload.limitBytes };
  }

  /** The ticket if files may be sent to it: one that failed or has expired is told so. */
  async usable(context: ActContext, id: string): Promise<Result<TicketProgress, Refusal>> {
    const found = await this.find(context, id, 'exhibit.deposit');
    if (!found) return err(NOT_FOUND);
    const { state, why } = found.ticket;
    if (state === 'failed') return err(refusal(RefusalCode.Conflict, why ?? FAILED));
    if (found.isExpired) return err(EXPIRED);
    return ok(found);
  }
}

async function ownTicket(work: Work, id: string): Promise<Found | undefined> {
  const ticketId = idOf<'ticket'>(id);
  const { actor } = work.context;
  const ticket = ticketId && actor && (await findTicket(work, ticketId, actor.personId));
  if (!ticket) return undefined;
  const exhibit = ticket.itemId && (await findExhibit(work, ticket.itemId));
  return { ticket, isExpired: ticket.state === 'waiting' && ticket.expiresAt <= work.at, exhibitId: exhibit ? exhibit.itemId : null };
}

const FAILED = 'This upload failed. Begin it again from the page of the investigation.';
/** Told apart from a failed one by the code alone. */
export const EXPIRED = refusal(
  RefusalCode.Unavailable,
  'The time for this upload has run out. Begin it again from the page of the investigation; nothing of it was kept.',
);
