import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { err, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { Log, UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type EnteredItem } from '../../workspaces/index.js';
import { dayWords } from '../domain/retention.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { BlobStore } from '../store/blob-store.js';
import { appendCustody, lockCustody } from '../store/custody.store.js';
import { decideProposal, destroyPackets, latestDisposals, type DisposalRow } from '../store/disposal.store.js';
import { findHeld, type HeldExhibit } from '../store/held-exhibit.store.js';
import { lockHolds } from '../store/hold.store.js';
import { keptUntil } from '../store/retention.store.js';
import { subjectOf } from './origin.js';
import { mayBeDisposed } from './propose-disposal.js';

/** A decision about a proposed disposal, checked at the edge. */
export interface DecideDisposalInput {
  readonly exhibitId: string;
  readonly approve: boolean;
  readonly reason: string;
}

interface Proposed {
  readonly entered: EnteredItem;
  readonly exhibit: HeldExhibit;
  readonly proposal: DisposalRow;
}

/**
 * Approves or rejects a disposal that somebody else of the agency proposed. Approving destroys every session-key packet in the act's
 * transaction: from the commit on no key opens the body. The body goes after it, unread; where that fails the sweeper takes it.
 */
@Injectable()
export class DecideDisposal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly keys: AgencyKeys,
    private readonly blobs: BlobStore,
    private readonly log: Log,
  ) {}

  async execute(context: ActContext, input: DecideDisposalInput): Promise<Result<string, Refusal>> {
    const decided = await this.unitOfWork.run(context, (work) => this.decide(work, input));
    if (!decided.ok) return decided;
    if (decided.value.blobKey !== null) await this.discard(decided.value.blobKey);
    return ok(decided.value.id);
  }

  private async decide(work: Work, input: DecideDisposalInput): Promise<Result<{ readonly id: string; readonly blobKey: string | null }, Refusal>> {
    const found = await this.proposed(work, input.exhibitId);
    if (!found.ok) return found;
    const { entered, exhibit, proposal } = found.value;
    if (proposal.proposedById === entered.actor.personId) return this.refuse(work, entered, OTHER_PERSON, 'same-person');
    if (input.approve) await lockHolds(work, entered.row.id, 'disposing');
    const refused = input.approve ? ((await mayBeDisposed(work, entered, exhibit)) ?? (await tooEarly(work, proposal))) : undefined;
    if (refused) return this.refuse(work, entered, refused, 'disposal-not-possible');
    const written = await decideProposal(work, proposal.id, entered.actor, { approved: input.approve, reason: input.reason });
    if (!written) return this.refuse(work, entered, NOTHING_PROPOSED, 'nothing-proposed');
    const destroyed = input.approve ? await this.destroy(work, found.value) : {};
    await this.gate.record(work, entered, {
      subject: subjectOf(entered),
      details: { disposal: proposal.id, items: [exhibit.itemId], reference: exhibit.reference, rule: proposal.rule, approved: input.approve, fields: ['decision', 'reason'], ...destroyed },
    });
    await work.live({ kind: 'workspace', ids: { workspaceId: entered.row.id, itemId: exhibit.itemId } });
    return ok({ id: proposal.id, blobKey: input.approve ? written.blobKey : null });
  }

  private async proposed(work: Work, id: string): Promise<Result<Proposed, Refusal>> {
    const entered = await this.gate.enterItem(work, 'disposal.decide', id);
    if (!entered.ok) return entered;
    await lockCustody(work, entered.value.item.id);
    const exhibit = await findHeld(work, entered.value.item.id);
    if (!exhibit) return this.refuse(work, entered.value, NOT_FOUND, 'no-exhibit');
    const [proposal] = await latestDisposals(work, [exhibit.itemId]);
    if (!proposal || proposal.decidedAt !== null) return this.refuse(work, entered.value, NOTHING_PROPOSED, 'nothing-proposed');
    return ok({ entered: entered.value, exhibit, proposal });
  }

  private async destroy(work: Work, { entered, exhibit, proposal }: Proposed): Promise<{ readonly packets: number; readonly custody: string }> {
    const packets = await destroyPackets(work, exhibit.itemId);
    const event = await appendCustody(work, this.keys, {
      itemId: exhibit.itemId, act: CustodyAct.Disposed, by: entered.actor, sha256: exhibit.sha256 ?? undefined, reason: `Proposed by ${proposal.proposedBy}: ${proposal.reason}`,
    });
    return { packets, custody: event.hash };
  }

  private async discard(blobKey: string): Promise<void> {
    try {
      await this.blobs.discard(blobKey);
    } catch (fault) {
      this.log.error({ blob: blobKey, fault: fault instanceof Error ? fault.message : 'unknown' }, 'The body of a disposed exhibit could not be removed and is left to the sweep');
    }
  }

  private async refuse(work: Work, entered: EnteredItem, refused: Refusal, reason: string): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: subjectOf(entered), reason });
    return err(refused);
  }
}

/** The day of review may have been set, or put off, after the disposal was proposed. */
async function tooEarly(work: Work, { itemId, beforeReview }: DisposalRow): Promise<Refusal | undefined> {
  const until = beforeReview === null ? await keptUntil(work, itemId) : undefined;
  return until === undefined ? undefined : refusal(RefusalCode.Conflict, `It is kept until its review on ${dayWords(until)}, and the proposal does not say why it is disposed of before. Reject it, and have it proposed anew.`);
}

const OTHER_PERSON = refusal(RefusalCode.Conflict, 'You proposed this disposal. Somebody else of your agency decides about it.');
const NOTHING_PROPOSED = refusal(RefusalCode.Conflict, 'No disposal of this exhibit waits for a decision. Somebody may have decided meanwhile.');
