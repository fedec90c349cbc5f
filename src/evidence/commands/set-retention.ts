import { Injectable } from '@nestjs/common';
import { err, invalid, NOT_FOUND, ok, refusal, RefusalCode, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type EnteredItem } from '../../workspaces/index.js';
import { retentionGroup, reviewDay } from '../domain/retention.js';
import { lockCustody } from '../store/custody.store.js';
import { isDisposed } from '../store/disposal.store.js';
import { findHeld, type HeldExhibit } from '../store/held-exhibit.store.js';
import { insertRetention } from '../store/retention.store.js';
import { subjectOf } from './origin.js';

/** Under which group an exhibit is kept from now on, checked at the edge. */
export interface SetRetentionInput {
  readonly exhibitId: string;
  readonly group: string;
  /** `YYYY-MM-DD`; null: as long from today as the group says. */
  readonly reviewOn: string | null;
  readonly reason: string;
}

/** Puts an exhibit of one's own agency into a retention group, or says at a review that it is kept further, and until when. */
@Injectable()
export class SetRetention {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  execute(context: ActContext, input: SetRetentionInput): Promise<Result<ItemId, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterItem(work, 'retention.set', input.exhibitId);
      if (!entered.ok) return entered;
      // Reviews of one exhibit, and its disposal, come one after the other.
      await lockCustody(work, entered.value.item.id);
      const exhibit = await findHeld(work, entered.value.item.id);
      if (!exhibit) return this.refuse(work, entered.value, NOT_FOUND);
      if (await isDisposed(work, exhibit.itemId)) return this.refuse(work, entered.value, GONE);
      const today = work.at.toISOString().slice(0, 10);
      const group = retentionGroup(input.group, today);
      if (!group) return this.refuse(work, entered.value, NO_GROUP);
      const reviewOn = input.reviewOn ?? reviewDay(group, today);
      if (reviewOn <= today) return this.refuse(work, entered.value, PAST);
      // A day that nobody lives to see is no review.
      if (reviewOn > reviewDay({ reviewYears: MOST_YEARS }, today)) return this.refuse(work, entered.value, TOO_FAR);
      return ok(await this.write(work, entered.value, exhibit, { ...input, reviewOn }));
    });
  }

  private async write(work: Work, entered: EnteredItem, { itemId, reference }: HeldExhibit, { group, reviewOn, reason }: SetRetentionInput & { readonly reviewOn: string }): Promise<ItemId> {
    await insertRetention(work, { itemId, group, reviewOn, reason }, entered.actor);
    await this.gate.record(work, entered, { subject: subjectOf(entered), details: { items: [itemId], reference, group, reviewOn, fields: ['group', 'reviewOn', 'reason'] } });
    await work.live({ kind: 'workspace', ids: { workspaceId: entered.row.id, itemId } });
    return itemId;
  }

  private async refuse(work: Work, entered: EnteredItem, refused: Refusal): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: subjectOf(entered), reason: 'retention-not-possible' });
    return err(refused);
  }
}

const NO_GROUP = invalid([{ field: 'input.group', message: 'Select a retention group.' }]);
const PAST = invalid([{ field: 'input.reviewOn', message: 'Enter a day to come, on which it is looked at again.' }]);
const MOST_YEARS = 100;
const TOO_FAR = invalid([{ field: 'input.reviewOn', message: `Enter a day within ${MOST_YEARS} years.` }]);
const GONE = refusal(RefusalCode.Conflict, 'This exhibit was disposed of. There is nothing left to keep.');
