import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { printReference } from '../../../libs/custody/index.js';
import { newSessionKey } from '../../../libs/envelope/index.js';
import { err, invalid, ok, refusal, RefusalCode, type Refusal, type Result, type TicketId } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { CONFIG, UnitOfWork, type ActContext, type Config, type Work } from '../../platform/index.js';
import { CaseGate, markItem, type Entered, type Marked, type MarkingDraft } from '../../workspaces/index.js';
import { arrive, mayDerive, nextBelow, type Origin } from './origin.js';
import { FILE_RELATIONS, type Relation } from '../domain/relation.js';
import { EMPTY_FILE, tooLarge } from '../domain/file-size.js';
import { lacksRoom } from '../domain/room.js';
import { TICKET_LIFE_MS, type Ticket } from '../domain/ticket.js';
import { heldRoomOf } from '../store/room.store.js';
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
  /** The exhibit it is made of (attacker-controlled), and how; null for an exhibit of its own. */
  readonly derivedFrom: string | null;
  readonly relation: Relation | null;
}

type Issued = Omit<RequestUploadInput, 'derivedFrom'> & Pick<Ticket, 'reference' | 'derivedFrom'>;

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
      const arrived = await arrive(work, this.gate, 'exhibit.request-upload', input);
      if (!arrived.ok) return arrived;
      const { entered, origin } = arrived.value;
      const marked = await markItem(work, this.gate, entered, input.marking);
      if (!marked.ok) return marked;
      const size = this.checkedSize(input.sizeBytes);
      if (!size.ok) return size;
      const room = await this.room(work, entered, input);
      if (!room.ok) return room;
      const reference = await this.reference(work, entered, origin, { relation: input.relation, marking: marked.value.marking });
      return reference.ok ? ok(await this.issue(work, entered, { ...input, reference: reference.value, derivedFrom: origin?.exhibit.itemId ?? null }, marked.value)) : reference;
    });
  }

  /** Of the producer's own numbers or, for what is made of another exhibit, of that one's. */
  private async reference(work: Work, { actor }: Entered, origin: Origin | undefined, made: Pick<Ticket, 'relation' | 'marking'>): Promise<Result<string, Refusal>> {
    if (!origin) return ok(printReference({ initials: await exhibitInitials(work, actor.personId), number: await takeExhibitNumber(work, actor.personId) }));
    if (made.relation === null || !FILE_RELATIONS[origin.exhibit.form].includes(made.relation)) return err(NO_RELATION);
    const allowed = await mayDerive(work, this.gate, origin, made.marking);
    return allowed.ok ? nextBelow(work, origin) : allowed;
  }

  private checkedSize(size: number | null): Result<undefined, Refusal> {
    const { limitBytes } = this.config.upload;
    if (size === 0) return err(invalid([{ field: 'input.sizeBytes', message: EMPTY_FILE }]));
    if (size !== null && size > limitBytes) return err({ ...refusal(RefusalCode.TooLarge, tooLarge(limitBytes)), faults: [{ field: 'input.sizeBytes', message: tooLarge(limitBytes) }] });
    return ok(undefined);
  }

  /** Everything an agency was given leave for counts from then on, so that whoever was given leave is not refused when her file is there. */
  private async room(work: Work, entered: Entered, { sizeBytes }: RequestUploadInput): Promise<Result<undefined, Refusal>> {
    const lack = lacksRoom(await heldRoomOf(work, entered.row.id, entered.actor, this.config.upload), sizeBytes ?? 0);
    if (lack === undefined) return ok(undefined);
    await this.gate.recordRefusal(work, entered, { subject: { kind: 'workspace', id: entered.row.id, title: entered.row.title }, reason: 'no-room', details: { sizeBytes } });
    return err({ ...refusal(RefusalCode.TooLarge, lack), faults: [{ field: 'input.sizeBytes', message: lack }] });
  }

  private async issue(work: Work, entered: Entered, input: Issued, { marking, citing }: Marked): Promise<Ticket> {
    const id = randomUUID() as unknown as TicketId;
    const { actor } = entered;
    const { reference, derivedFrom, relation } = input;
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
      derivedFrom,
      relation,
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

const NO_RELATION = invalid([{ field: 'input.relation', message: 'Select what this file is of the exhibit: of a file a working copy or a redacted version, of a thing a photograph.' }]);
