import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, type Entered, type EnteredItem } from '../../workspaces/index.js';
import { insertHold } from '../store/hold.store.js';
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
      return entered.ok ? ok(await this.place(work, entered.value, reason)) : entered;
    });
  }

  private async place(work: Work, entered: Entered | EnteredItem, reason: string): Promise<string> {
    const id = randomUUID();
    const itemId = 'item' in entered ? entered.item.id : null;
    await insertHold(work, { id, workspaceId: entered.row.id, itemId, reason }, entered.actor);
    await this.gate.record(work, entered, { subject: subjectOfCase(entered), details: { hold: id, items: itemId === null ? [] : [itemId], fields: ['reason'] } });
    return id;
  }
}
