import { Injectable } from '@nestjs/common';
import { err, invalid, NOT_FOUND, ok, refusal, RefusalCode, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type EnteredItem } from '../../workspaces/index.js';
import { disclosureClass, SENSITIVE } from '../domain/disclosure.js';
import { lockCustody } from '../store/custody.store.js';
import { insertReview, reviewsOf, type ReviewRow } from '../store/disclosure.store.js';
import { findHeld } from '../store/held-exhibit.store.js';
import { subjectOf } from './origin.js';

/** What is said of an exhibit for disclosure, checked at the edge. */
export interface ReviewForDisclosureInput {
  readonly exhibitId: string;
  readonly class: string;
  readonly result: string;
  readonly ground: string | null;
  readonly reason: string;
  /** The number of the review that the reviewer has read; 0 where there was none. */
  readonly seen: number;
}

/** Says of an exhibit whether it is used or unused, sensitive or not, and what follows for the defence. A later word counts, an earlier one stays. */
@Injectable()
export class ReviewForDisclosure {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  execute(context: ActContext, input: ReviewForDisclosureInput): Promise<Result<ItemId, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterItem(work, 'disclosure.review', input.exhibitId);
      if (!entered.ok) return entered;
      const id = entered.value.item.id;
      const exhibit = await findHeld(work, id);
      if (!exhibit) return this.refuse(work, entered.value, NOT_FOUND, 'no-exhibit');
      // Reviews of one exhibit come one after the other, as its acts of custody do.
      await lockCustody(work, id);
      const refused = whyNot(work, entered.value, input, await reviewsOf(work, id));
      if (refused) return this.refuse(work, entered.value, refused, 'review-not-possible');
      await insertReview(work, id, { ...input, seq: input.seen + 1 }, entered.value.actor);
      const { class: kind, result } = input;
      await this.gate.record(work, entered.value, {
        subject: subjectOf(entered.value),
        details: { items: [id], reference: exhibit.reference, review: input.seen + 1, class: kind, result, fields: ['class', 'result', 'ground', 'reason'] },
      });
      await work.live({ kind: 'workspace', ids: { workspaceId: entered.value.row.id, itemId: id } });
      return ok(id);
    });
  }

  private async refuse(work: Work, entered: EnteredItem, refused: Refusal, reason: string): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: subjectOf(entered), reason });
    return err(refused);
  }
}

function whyNot({ at }: Work, { actor, item }: EnteredItem, input: ReviewForDisclosureInput, reviews: readonly ReviewRow[]): Refusal | undefined {
  const kind = disclosureClass(input.class, at.toISOString().slice(0, 10));
  if (!kind) return NO_CLASS;
  if (!kind.results.some(({ code }) => code === input.result)) return NO_RESULT;
  if (kind.needsGround && input.ground === null) return NO_GROUND;
  if (!kind.needsGround && input.ground !== null) return GROUND_TOO_MANY;
  if ((reviews[0]?.seq ?? 0) !== input.seen) return MEANWHILE;
  // The agency that leads does not open what another agency has called sensitive in its own exhibit, whoever has spoken since.
  const owner = item.originator_agency_id;
  const theirWord = reviews.find(({ agencyId }) => agencyId === owner);
  if (theirWord?.class === SENSITIVE && owner !== actor.agencyId && input.class !== SENSITIVE) return theirs(theirWord.agencyName);
  return undefined;
}

const NO_CLASS = invalid([{ field: 'input.class', message: 'Select whether it is used or unused, and whether it is sensitive.' }]);
const NO_RESULT = invalid([{ field: 'input.result', message: 'Select a result of those that go with it.' }]);
const NO_GROUND = invalid([{ field: 'input.ground', message: 'Enter on which ground it is sensitive.' }]);
const GROUND_TOO_MANY = invalid([{ field: 'input.ground', message: 'Only a sensitive exhibit has a ground. Leave it empty, or say that it is sensitive.' }]);
const MEANWHILE = refusal(RefusalCode.Stale, 'Somebody has reviewed it meanwhile. Read what was said, and review it again if it is still to be changed.');

function theirs(agency: string): Refusal {
  return refusal(RefusalCode.Conflict, `${agency}, whose exhibit it is, says that it is sensitive. Only somebody of that agency can take that back.`);
}
