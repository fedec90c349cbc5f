import { Inject, Injectable } from '@nestjs/common';
import { err, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, Sessions, type Config, type Work } from '../../platform/index.js';
import { CaseGate, type Entered } from '../../workspaces/index.js';
import { lacksRoom } from '../domain/room.js';
import { SIGNED_OUT, type Ticket } from '../domain/ticket.js';
import { heldRoomOf } from '../store/room.store.js';
import { lockTicket } from '../store/ticket.store.js';
import { arrive, mayDerive, type Arrival } from './origin.js';

/** A deposit that may be made now, its ticket held. */
export interface Admission extends Arrival {
  readonly citing: Entered['citing'];
}

/** Decides once more whether a file may become evidence, now that all of it has arrived. */
@Injectable()
export class DepositGate {
  constructor(
    private readonly gate: CaseGate,
    private readonly sessions: Sessions,
    private readonly ledger: LedgerIntake,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async admit(work: Work, ticket: Ticket, sizeBytes: number): Promise<Result<Admission, Refusal>> {
    if (!(await this.sessions.hold(work))) return this.refuseSignedOut(work, ticket);
    const arrived = await arrive(work, this.gate, 'exhibit.deposit', ticket);
    if (!arrived.ok) return arrived;
    const { entered, origin } = arrived.value;
    const allowed = await this.gate.allow(work, entered, { proposed: ticket.marking }, NOT_FOUND);
    if (!allowed.ok) return allowed;
    const derived = origin ? await mayDerive(work, this.gate, origin, ticket.marking) : ok(undefined);
    if (!derived.ok) return derived;
    const held = await lockTicket(work, ticket.id, ticket.personId);
    if (held?.state !== 'waiting') return err(NOT_FOUND);
    const room = await this.room(work, entered, { ticket, sizeBytes });
    return room.ok ? ok({ ...arrived.value, citing: allowed.value }) : room;
  }

  /** How large it is is certain only now: a plain form says nothing of it before. */
  private async room(work: Work, entered: Entered, { ticket, sizeBytes }: { readonly ticket: Ticket; readonly sizeBytes: number }): Promise<Result<undefined, Refusal>> {
    const lack = lacksRoom(await heldRoomOf(work, ticket.workspaceId, entered.actor, this.config.upload, ticket.id), sizeBytes);
    if (lack === undefined) return ok(undefined);
    await this.gate.recordRefusal(work, entered, { subject: subjectOf(ticket), reason: 'no-room', details: { reference: ticket.reference, sizeBytes } });
    return err(refusal(RefusalCode.TooLarge, lack));
  }

  private async refuseSignedOut(work: Work, ticket: Ticket): Promise<Result<never, Refusal>> {
    const { workspaceId, reference } = ticket;
    await this.ledger.append(work, { verb: 'exhibit.deposit', outcome: 'refused', workspaceId, subject: subjectOf(ticket), reason: 'session-ended', details: { reference } });
    return err(SIGNED_OUT);
  }
}

/** What an entry names of a file that is not evidence yet. */
export function subjectOf({ id, title, marking }: Ticket): { readonly kind: string; readonly id: string; readonly title: string; readonly marking: string } {
  return { kind: 'upload', id, title, marking: printMarking(marking) };
}
