import { Injectable } from '@nestjs/common';
import { err, isUuid, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, markingOf, type Entered, type EnteredItem } from '../../workspaces/index.js';
import { findHold, liftHold, type HoldRow } from '../store/hold.store.js';
import { subjectOfCase } from './origin.js';

/** Which hold is to end, and why; checked at the edge. */
export interface LiftHoldInput {
  readonly id: string;
  readonly reason: string;
}

/** Lifts a hold that one's own agency placed. */
@Injectable()
export class LiftHold {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly ledger: LedgerIntake,
  ) {}

  /** `id` is attacker-controlled. */
  execute(context: ActContext, { id, reason }: LiftHoldInput): Promise<Result<string, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const hold = isUuid(id) ? await findHold(work, id) : undefined;
      if (!hold) {
        await this.ledger.append(work, { verb: 'hold.lift', outcome: 'refused', subject: { kind: 'hold', id }, reason: 'no-hold' });
        return err(NOT_FOUND);
      }
      const entered = await this.enter(work, hold);
      return entered.ok ? this.lift(work, entered.value, hold, reason) : entered;
    });
  }

  private enter(work: Work, { workspaceId, itemId }: HoldRow): Promise<Result<Entered | EnteredItem, Refusal>> {
    return itemId === null ? this.gate.enter(work, 'hold.lift', workspaceId) : this.gate.enterItem(work, 'hold.lift', itemId);
  }

  private async lift(work: Work, entered: Entered | EnteredItem, { id, agencyId, agencyName, itemId }: HoldRow, reason: string): Promise<Result<string, Refusal>> {
    const allowed = await this.gate.allow(work, entered, { ownerAgencyId: agencyId, ...('item' in entered && { item: markingOf(entered.item) }) }, notYours(agencyName));
    if (!allowed.ok) return allowed;
    if (!(await liftHold(work, id, entered.actor, reason))) return err(NOT_FOUND);
    await this.gate.record(work, entered, { subject: subjectOfCase(entered), details: { hold: id, items: itemId === null ? [] : [itemId], fields: ['reason'] } });
    await work.live({ kind: 'workspace', ids: { workspaceId: entered.row.id, ...(itemId !== null && { itemId }) } });
    return ok(id);
  }
}

function notYours(agency: string): Refusal {
  return refusal(RefusalCode.Conflict, `${agency} placed this hold. Only somebody of that agency can lift it.`);
}
