import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { err, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type Entered, type EnteredItem } from '../../workspaces/index.js';
import { isDisposed } from '../store/disposal.store.js';
import { findHeld } from '../store/held-exhibit.store.js';
import { holdsOn, insertHold, lockHolds } from '../store/hold.store.js';
import { subjectOfCase } from './origin.js';

/** What is to be kept, and why; checked at the edge. */
export interface PlaceHoldInput {
  readonly workspaceId: string;
  /** Null: every exhibit of the investigation, those still to come included. */
  readonly exhibitId: string | null;
  readonly reason: string;
}

/** Places a hold: nothing under it is disposed of, whoever owns it, until the agency that placed it lifts it. */
@Injectable()
export class PlaceHold {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  execute(context: ActContext, { workspaceId, exhibitId, reason }: PlaceHoldInput): Promise<Result<string, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered: Result<Entered | EnteredItem, Refusal> =
        exhibitId === null ? await this.gate.enter(work, 'hold.place', workspaceId) : await this.gate.enterItem(work, 'hold.place', exhibitId);
      if (!entered.ok) return entered;
      await lockHolds(work, entered.value.row.id, 'placing');
      const refused = await whyNot(work, entered.value, workspaceId);
      return refused ? this.refuse(work, entered.value, refused) : ok(await this.place(work, entered.value, reason));
    });
  }

  private async place(work: Work, entered: Entered | EnteredItem, reason: string): Promise<string> {
    const id = randomUUID();
    const itemId = 'item' in entered ? entered.item.id : null;
    await insertHold(work, { id, workspaceId: entered.row.id, itemId, reason }, entered.actor);
    await this.gate.record(work, entered, { subject: subjectOfCase(entered), details: { hold: id, items: itemId === null ? [] : [itemId], fields: ['reason'] } });
    await work.live({ kind: 'workspace', ids: { workspaceId: entered.row.id, ...(itemId !== null && { itemId }) } });
    return id;
  }

  private async refuse(work: Work, entered: Entered | EnteredItem, refused: Refusal): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { subject: subjectOfCase(entered), reason: 'hold-not-possible' });
    return err(refused);
  }
}

/** A hold that could keep nothing is not placed: whoever places it would rely on it. */
async function whyNot(work: Work, entered: Entered | EnteredItem, workspaceId: string): Promise<Refusal | undefined> {
  const { row, actor } = entered;
  const itemId = 'item' in entered ? entered.item.id : null;
  if (itemId !== null && (row.id !== workspaceId || !(await findHeld(work, itemId)))) return NOT_FOUND;
  if (itemId !== null && (await isDisposed(work, itemId))) return GONE;
  const standing = await holdsOn(work, row.id, itemId === null ? [] : [itemId]);
  return standing.filter((hold) => hold.itemId === itemId && hold.agencyId === actor.agencyId).length >= MOST_HOLDS ? ENOUGH : undefined;
}

/** Holds of one agency that stand on one thing: each has its own reason and is lifted by itself, and nobody buries others under them. */
const MOST_HOLDS = 20;
const GONE = refusal(RefusalCode.Conflict, 'This exhibit was disposed of. There is nothing left to hold.');
const ENOUGH = refusal(RefusalCode.Conflict, `${MOST_HOLDS} holds of your agency stand on it already. Lift one that has ended.`);
