import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import type { SealedFacts } from '../../../libs/envelope/index.js';
import { err, ok, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, insertItem, type Entered } from '../../workspaces/index.js';
import type { Ticket } from '../domain/ticket.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { BlobStore } from '../store/blob-store.js';
import { appendCustody } from '../store/custody.store.js';
import { agenciesThatSee, insertExhibit, insertPacket } from '../store/exhibit.store.js';
import { endTicket, settledTicket } from '../store/ticket.store.js';
import { DepositGate, subjectOf } from './deposit-gate.js';
import { recordOnOrigin } from './origin.js';
import { KEY_UNUSABLE, packetFor, reasonOf } from './reader-keys.js';

/** A file that is sealed, durable and read back, and not yet evidence. */
export interface SealedFile {
  readonly ticket: Ticket;
  readonly sessionKey: Uint8Array;
  readonly facts: SealedFacts;
  readonly fileName: string;
  readonly mediaType: string;
}

/** Names of other agencies. */
interface Shared {
  readonly recipients: readonly string[];
  /** Those whose key has expired or been revoked. */
  readonly notShared: readonly string[];
}

interface Recorded extends SealedFile, Shared {
  readonly citing: Entered['citing'];
}

/** Makes a sealed file evidence: body published, then item, exhibit, packets, custody event and ledger entry, all or nothing. */
@Injectable()
export class DepositExhibit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly keys: AgencyKeys,
    private readonly blobs: BlobStore,
    private readonly depositGate: DepositGate,
  ) {}

  /**
   * Decides once more: the session may have ended, or the workspace been closed to this agency, while the file was on its
   * way. What is refused is kept as a draft, for the same person to go on from where she still may.
   */
  async execute(context: ActContext, file: SealedFile): Promise<Result<ItemId, Refusal>> {
    await this.blobs.publish(file.ticket.id);
    try {
      const done = await this.unitOfWork.run(context, (work) => this.deposit(work, file));
      if (!done.ok) await this.blobs.withdraw(file.ticket.id);
      return done;
    } catch (fault) {
      return this.afterFault(context, file.ticket, fault);
    }
  }

  /**
   * A fault does not say that nothing was done: what was lost may be the answer to the commit, and to take the body back then
   * would be to lose evidence. The ticket says which, once no act on it is under way. Where it cannot be asked the body
   * stays where it is: if it is evidence it is found there, and if not it is taken back when the ticket is taken up again.
   *
   * @throws the fault, unless the deposit was done.
   */
  private async afterFault(context: ActContext, { id, personId }: Ticket, fault: unknown): Promise<Result<ItemId, Refusal>> {
    const left = await this.unitOfWork.run(context, (work) => settledTicket(work, id, personId)).catch(() => undefined);
    if (left?.itemId) return ok(left.itemId);
    if (left) await this.blobs.withdraw(id);
    throw fault;
  }

  private async deposit(work: Work, file: SealedFile): Promise<Result<ItemId, Refusal>> {
    const { ticket } = file;
    const admitted = await this.depositGate.admit(work, ticket, file.facts.sizeBytes);
    if (!admitted.ok) return admitted;
    const { entered, origin, citing } = admitted.value;
    if (!(await this.hasOwnKey(work, entered, file))) return this.refuseKeyless(work, entered, ticket);
    const itemId = randomUUID() as unknown as ItemId;
    await this.writeRows(work, entered, itemId, file);
    const shared = await this.share(work, itemId, file);
    await this.recordDeposit(work, entered, itemId, { ...file, ...shared, citing });
    if (origin && ticket.relation !== null) await recordOnOrigin(work, this.gate, this.keys, { ...origin, reference: ticket.reference, relation: ticket.relation });
    await endTicket(work, ticket.id, { state: 'done', itemId });
    await work.live({ kind: 'workspace', ids: { workspaceId: ticket.workspaceId, itemId } });
    return ok(itemId);
  }

  private async refuseKeyless(work: Work, entered: Entered, ticket: Ticket): Promise<Result<ItemId, Refusal>> {
    const { reference } = ticket;
    await this.gate.recordRefusal(work, entered, { subject: subjectOf(ticket), reason: reasonOf(KEY_UNUSABLE), details: { reference } });
    return err(KEY_UNUSABLE);
  }

  private async writeRows(work: Work, { actor }: Entered, itemId: ItemId, { ticket, facts, fileName, mediaType }: SealedFile): Promise<void> {
    await insertItem(work, {
      id: itemId,
      workspaceId: ticket.workspaceId,
      kind: 'exhibit',
      title: ticket.title,
      marking: ticket.marking,
      createdBy: actor.personId,
      createdByName: actor.displayName,
      searchText: `${ticket.reference} ${ticket.description} ${fileName}`,
    });
    await insertExhibit(work, {
      itemId,
      reference: ticket.reference,
      producerId: actor.personId,
      producerName: actor.displayName,
      fileName,
      mediaType,
      sizeBytes: facts.sizeBytes,
      sha256: facts.sha256,
      blobKey: ticket.id,
      description: ticket.description,
      derivedFrom: ticket.derivedFrom,
      relation: ticket.relation,
    });
  }

  /**
   * A packet for every agency that may see the item now. Who is invited later, or has no usable key now, gets hers when she
   * first opens it.
   */
  private async share(work: Work, itemId: ItemId, { sessionKey }: SealedFile): Promise<Shared> {
    const [recipients, notShared]: [string[], string[]] = [[], []];
    for (const { id, name } of await agenciesThatSee(work, itemId)) {
      const key = await this.keys.inUse(work, id);
      const packet = await packetFor(sessionKey, key, work.at);
      if (key && packet) await insertPacket(work, itemId, { agencyId: id, fingerprint: key.fingerprint, packet });
      if (id !== work.context.actor?.agencyId) (packet ? recipients : notShared).push(name);
    }
    return { recipients, notShared };
  }

  /** Without a key of the depositing agency nobody could ever open the exhibit. */
  private async hasOwnKey(work: Work, { actor }: Entered, { sessionKey }: SealedFile): Promise<boolean> {
    return (await packetFor(sessionKey, await this.keys.inUse(work, actor.agencyId), work.at)) !== undefined;
  }

  private async recordDeposit(work: Work, entered: Entered, itemId: ItemId, file: Recorded): Promise<void> {
    const { ticket, facts, fileName, recipients, notShared, citing } = file;
    const event = await appendCustody(work, this.keys, { itemId, act: CustodyAct.Deposited, by: entered.actor, sha256: facts.sha256, reason: ticket.title });
    await this.gate.record(work, entered, {
      ...citing,
      subject: { kind: 'exhibit', id: itemId, title: ticket.title, marking: printMarking(ticket.marking), owner: entered.actor.agencyName },
      recipients,
      details: {
        items: [itemId],
        reference: ticket.reference,
        fileName,
        sizeBytes: facts.sizeBytes,
        sha256: facts.sha256,
        custody: event.hash,
        ...(notShared.length > 0 && { notShared }),
        fields: ['title', 'description', 'marking', 'file'],
      },
    });
  }
}
