import { Injectable } from '@nestjs/common';
import { ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { CaseGate } from '../../workspaces/index.js';
import { subjectOfCase } from '../commands/origin.js';
import { holdsOn, type HoldRow } from '../store/hold.store.js';

export type { HoldRow };

/** The holds that stand on all evidence of an investigation, whether there is any yet or not. */
@Injectable()
export class HoldsOfCase {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  /** `workspaceId` is attacker-controlled. */
  list(context: ActContext, workspaceId: string): Promise<Result<readonly HoldRow[], Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterToRead(work, 'hold.list', workspaceId);
      if (!entered.ok) return entered;
      const holds = await holdsOn(work, entered.value.row.id, []);
      await this.gate.record(work, entered.value, { subject: subjectOfCase(entered.value), details: { count: holds.length } });
      return ok(holds);
    });
  }
}
