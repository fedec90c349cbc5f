import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CustodyAct, custodyState } from '../../../libs/custody/index.js';
import { err, invalid, NOT_FOUND, ok, refusal, RefusalCode, type AgencyId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, markingOf, type EnteredItem } from '../../workspaces/index.js';
import type { AgencySharing, RecallId } from '../domain/recall.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { appendCustody, custodyOf, holdCustody } from '../store/custody.store.js';
import { isDisposed } from '../store/disposal.store.js';
import { findHeld, type HeldExhibit } from '../store/held-exhibit.store.js';
import { deletePackets, insertRecall, markingWhenShared, releasedTo, releaseTo, seenBy, sharingOf } from '../store/recall-rows.js';

/** Which exhibit from which agency, and why; texts cleaned at the edge. Ids are attacker-controlled. */
export interface RecallInput {
  readonly exhibitId: string;
  readonly agencyId: string;
  readonly reason: string;
}

/**
 * Takes an exhibit back from an agency: from now on it is as absent for that agency as if it had never been, its packets are
 * gone, and it is asked what became of its copies. The body is not read. What was seen is not unseen.
 */
@Injectable()
export class RecallExhibit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly keys: AgencyKeys,
  ) {}

  execute(context: ActContext, input: RecallInput): Promise<Result<RecallId, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterItem(work, 'exhibit.recall', input.exhibitId);
      if (!entered.ok) return entered;
      const exhibit = await findHeld(work, entered.value.item.id);
      if (!exhibit || !(await holdCustody(work, exhibit.itemId))) {
        await this.gate.recordRefusal(work, entered.value, { reason: 'no-exhibit' });
        return err(NOT_FOUND);
      }
      // Read only now that nobody else shares or recalls it: what was read before could put back what another has just taken.
      const sharing = await sharingOf(work, exhibit.itemId);
      const from = sharing.find(({ agency, isOriginator }) => agency.id === input.agencyId && !isOriginator);
      if (await isDisposed(work, exhibit.itemId)) return this.refuse(work, entered.value, exhibit, input, DISPOSED);
      if (!from || !(from.sees || from.opensSince !== null || from.isNamed === true)) {
        return this.refuse(work, entered.value, exhibit, input, from ? NOT_SHARED : NO_AGENCY);
      }
      if (await isHeldBy(work, exhibit, from)) return this.refuse(work, entered.value, exhibit, input, HELD);
      return ok(await this.recall(work, entered.value, exhibit, { from, input, stays: stays(sharing, await releasedTo(work, exhibit.itemId), from.agency.id) }));
    });
  }

  private async refuse(work: Work, entered: EnteredItem, { itemId }: HeldExhibit, { agencyId }: RecallInput, refused: Refusal): Promise<Result<RecallId, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: { kind: 'exhibit', id: itemId }, reason: refused.code, details: { agency: agencyId } });
    return err(refused);
  }

  private async recall(work: Work, entered: EnteredItem, exhibit: HeldExhibit, { from, input, stays }: Recalled): Promise<RecallId> {
    const { actor, item, row } = entered;
    const { itemId, reference, sha256 } = exhibit;
    const seen = await seenBy(work, itemId, from.agency.code);
    const known = from.sees ? markingOf(item) : await markingWhenShared(work, itemId, from.agency.id);
    // The chain says it before the agency is gone from it, and the packets go before the marking that let them be.
    const event = await appendCustody(work, this.keys, { itemId, act: CustodyAct.Recalled, by: actor, sha256: sha256 ?? undefined, from: from.agency.name, reason: input.reason });
    const packets = await deletePackets(work, itemId, from.agency.id);
    await releaseTo(work, itemId, stays.map(({ agency }) => agency.id));
    const marking = printMarking(markingOf(item));
    const id = randomUUID() as unknown as RecallId;
    await insertRecall(work, {
      id, itemId, agencyId: from.agency.id, byAgencyId: actor.agencyId, workspaceReference: row.reference, reference, title: item.title,
      marking: printMarking(known), reason: input.reason, why: 'recalled', recalledBy: actor.personId, recalledByName: actor.displayName, seen,
    });
    await this.gate.record(work, entered, {
      subject: { kind: 'exhibit', id: itemId, title: item.title, marking, owner: item.owner },
      reason: input.reason,
      recipients: stays.flatMap(({ agency, isOriginator, sees }) => (isOriginator || !sees ? [] : [agency.name])),
      details: { items: [itemId], reference, recall: id, from: from.agency.code, packets, seen: seen.length, custody: event.hash, fields: ['releasableTo'] },
    });
    await work.live({ kind: 'workspace', ids: { workspaceId: row.id, itemId } });
    return id;
  }
}

interface Recalled {
  readonly from: AgencySharing;
  readonly input: RecallInput;
  readonly stays: readonly AgencySharing[];
}

/** A thing that is on its shelf, or that it may take at any moment, is not made absent for the agency that answers for it. */
async function isHeldBy(work: Work, { itemId, form }: HeldExhibit, { agency }: AgencySharing): Promise<boolean> {
  if (form === 'file') return false;
  const { holder, offer } = custodyState(form, (await custodyOf(work, [itemId])).get(itemId) ?? []);
  return holder?.agency === agency.code || offer?.toAgency === agency.code;
}

/**
 * Whom it is for from now on, one by one: whom its marking named before, or where it named nobody every agency of the investigation, also
 * one that does not see it at the moment. An agency invited later is let at it only by sharing it.
 */
function stays(sharing: readonly AgencySharing[], named: readonly AgencyId[] | null, without: AgencyId): AgencySharing[] {
  return sharing.filter(({ agency, isOriginator }) => agency.id !== without && (isOriginator || named === null || named.includes(agency.id)));
}

const DISPOSED = refusal(RefusalCode.Conflict, 'This exhibit has been disposed of: no agency can open it any more. There is nothing to recall.');
const NO_AGENCY = invalid([{ field: 'input.agencyId', message: 'Agency: Choose one of the agencies in this investigation.' }]);
const HELD = refusal(RefusalCode.Conflict, 'This agency holds the thing, or it is offered to it. Withdraw the offer, or have it handed back; then recall what is recorded of it.');
const NOT_SHARED = refusal(RefusalCode.Conflict, 'This agency does not have the exhibit, or not any more. There is nothing to recall.');
