import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { printReference } from '../../../libs/custody/index.js';
import { newSessionKey } from '../../../libs/envelope/index.js';
import { err, invalid, ok, refusal, RefusalCode, type Refusal, type Result, type TicketId } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { CONFIG, UnitOfWork, type ActContext, type Config, type Work } from '../../platform/index.js';
import { CaseGate, markItem, type Entered, type Marked, type MarkingDraft } from '../../workspaces/index.js';
import { EMPTY_FILE, tooLarge } from '../domain/file-size.js';
import { TICKET_LIFE_MS, type Ticket } from '../domain/ticket.js';
import { exhibitInitials, findTicket, insertTicket, takeExhibitNumber } from '../store/ticket.store.js';
import { TicketVault } from '../store/ticket-vault.js';

/** What is to be deposited, checked at the edge. */
export interface RequestUploadInput {
  readonly workspaceId: string;
  readonly title: string;
  readonly description: string;
  /** Null: the plain form, where name and size are known on arrival. */
  readonly fileName: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly marking: MarkingDraft;
}

/** Gives leave to deposit one file: everything that can be refused is refused before the first octet is sent. */
@Injectable()
export class RequestUpload {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly vault: TicketVault,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(context: ActContext, input: RequestUploadInput): Promise<Result<Ticket, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'exhibit.request-upload', input.workspaceId);
      if (!entered.ok) return entered;
      const marked = await markItem(work, this.gate, entered.value, input.marking);
      if (!marked.ok) return marked;
      const size = this.checkedSize(input.sizeBytes);
      if (!size.ok) return size;
      return ok(await this.issue(work, entered.value, input, marked.value));
    });
  }

  private checkedSize(size: number | null): Result<undefined, Refusal> {
    const { limitBytes } = this.config.upload;
    if (size === 0) return err(invalid([{ field: 'input.sizeBytes', message: EMPTY_FILE }]));
    if (size !== null && size > limitBytes) return err({ ...refusal(RefusalCode.TooLarge, tooLarge(limitBytes)), faults: [{ field: 'input.sizeBytes', message: tooLarge(limitBytes) }] });
    return ok(undefined);
  }

  private async issue(work: Work, entered: Entered, input: RequestUploadInput, { marking, citing }: Marked): Promise<Ticket> {
    const id = randomUUID() as unknown as TicketId;
    const { actor } = entered;
    const initials = await exhibitInitials(work, actor.personId);
    const reference = printReference({ initials, number: await takeExhibitNumber(work, actor.personId) });
    await insertTicket(work, {
      id,
      workspaceId: entered.row.id,
      personId: actor.personId,
      reference,
      title: input.title,
      description: input.description,
      marking,
      fileName: input.fileName,
      sizeBytes: input.sizeBytes,
      sha256: input.sha256,
      wrappedKey: this.vault.lock(id, newSessionKey()),
      expiresAt: new Date(work.at.getTime() + TICKET_LIFE_MS),
    });
    await this.gate.record(work, entered, {
      ...citing,
      subject: { kind: 'upload', id, title: input.title, marking: printMarking(marking), owner: actor.agencyName },
      details: { reference, fields: ['title', 'description', 'fileName', 'marking'] },
    });
    const ticket = await findTicket(work, id, actor.personId);
    if (!ticket) throw new Error('A ticket was written and is not there.');
    return ticket;
  }
}
