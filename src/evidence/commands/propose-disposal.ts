import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CustodyAct, custodyState, objectionTo } from '../../../libs/custody/index.js';
import { err, invalid, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type EnteredItem } from '../../workspaces/index.js';
import { dayWords, retentionGroup } from '../domain/retention.js';
import { custodyOf } from '../store/custody.store.js';
import { insertProposal } from '../store/disposal.store.js';
import { findHeld, type HeldExhibit } from '../store/held-exhibit.store.js';
import { holdsOn } from '../store/hold.store.js';
import { keptUntil } from '../store/retention.store.js';
import { subjectOf } from './origin.js';

/** What is to be disposed of, under which retention group, and why; checked at the edge. */
export interface ProposeDisposalInput {
  readonly exhibitId: string;
  readonly rule: string;
  readonly reason: string;
  /** Why before its day of review, where that is still to come. */
  readonly beforeReview: string | null;
}

/** Proposes that an exhibit of one's own agency is disposed of. Nothing is destroyed before somebody else of the agency approves it. */
@Injectable()
export class ProposeDisposal {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  execute(context: ActContext, input: ProposeDisposalInput): Promise<Result<string, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterItem(work, 'disposal.propose', input.exhibitId);
      if (!entered.ok) return entered;
      const exhibit = await findHeld(work, entered.value.item.id);
      const until = exhibit && (await keptUntil(work, exhibit.itemId));
      const refused = (await this.whyNot(work, entered.value, exhibit, input.rule)) ?? tooEarly(until, input.beforeReview);
      if (!exhibit || refused) return this.refuse(work, entered.value, refused ?? NOT_FOUND);
      const id = randomUUID();
      const { actor } = entered.value;
      const beforeReview = until === undefined ? null : input.beforeReview;
      if (!(await insertProposal(work, { id, itemId: exhibit.itemId, rule: input.rule, reason: input.reason, beforeReview }, actor))) return this.refuse(work, entered.value, PROPOSED);
      const details = { disposal: id, items: [exhibit.itemId], reference: exhibit.reference, rule: input.rule, keptUntil: until ?? null, fields: ['rule', 'reason', ...(beforeReview === null ? [] : ['beforeReview'])] };
      await this.gate.record(work, entered.value, { subject: subjectOf(entered.value), details });
      await work.live({ kind: 'workspace', ids: { workspaceId: entered.value.row.id, itemId: entered.value.item.id } });
      return ok(id);
    });
  }

  private async whyNot(work: Work, entered: EnteredItem, exhibit: HeldExhibit | undefined, rule: string): Promise<Refusal | undefined> {
    if (!exhibit) return NOT_FOUND;
    if (!retentionGroup(rule, work.at.toISOString().slice(0, 10))) return NO_RULE;
    return mayBeDisposed(work, entered, exhibit);
  }

  private async refuse(work: Work, entered: EnteredItem, refused: Refusal): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: subjectOf(entered), reason: 'disposal-not-possible' });
    return err(refused);
  }
}

function tooEarly(until: string | undefined, why: string | null): Refusal | undefined {
  if (until === undefined || why !== null) return undefined;
  return invalid([{ field: 'input.beforeReview', message: `It is kept until its review on ${dayWords(until)}. Enter why it is disposed of before, or keep it until then.` }]);
}

/** Why an exhibit may not be disposed of as it stands: a hold, an offer that stands, or because it was already. */
export async function mayBeDisposed(work: Work, { actor, row }: EnteredItem, exhibit: HeldExhibit): Promise<Refusal | undefined> {
  const [hold] = await holdsOn(work, row.id, [exhibit.itemId]);
  if (hold) return refusal(RefusalCode.Conflict, `${hold.agencyName} holds it: ${hold.placedBy} said why. Nothing under a hold is disposed of; ask them to lift it.`);
  const chain = (await custodyOf(work, [exhibit.itemId])).get(exhibit.itemId) ?? [];
  const by = { id: actor.personId, name: actor.displayName, agency: actor.agencyCode, agencyName: actor.agencyName };
  const objection = objectionTo(custodyState(exhibit.form, chain), { act: CustodyAct.Disposed, at: work.at, by });
  return objection && refusal(RefusalCode.Conflict, objection.message);
}

const NO_RULE = invalid([{ field: 'input.rule', message: 'Select under which rule it is disposed of.' }]);
const PROPOSED = refusal(RefusalCode.Conflict, 'Its disposal is proposed already, and waits for the decision of somebody else of your agency.');
