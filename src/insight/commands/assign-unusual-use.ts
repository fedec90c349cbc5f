import { Injectable } from '@nestjs/common';
import { err, invalid, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { presentUse } from '../queries/present-use.js';
import { findColleagues, findUse } from '../store/unusual-use-rows.js';
import type { UnusualUseView } from '../api/unusual-use.views.js';
import { UnusualUseGate, type EnteredUse } from './unusual-use-gate.js';

/** Who is to answer, as asked for (attacker-controlled). */
export interface AssignUnusualUseInput {
  readonly id: string;
  readonly personId: string;
}

/** A manager asks a colleague for an explanation. Until it is given, somebody else can be asked instead. */
@Injectable()
export class AssignUnusualUse {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: UnusualUseGate,
  ) {}

  execute(context: ActContext, { id, personId }: AssignUnusualUseInput): Promise<Result<UnusualUseView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'unusual-use.assign', id);
      if (!entered.ok) return entered;
      const { actor, row } = entered.value;
      const colleague = (await findColleagues(work, actor.agencyId)).find((each) => each.id === personId);
      if (colleague === undefined) return this.refuse(work, entered.value, NO_COLLEAGUE);
      const [assigned] = await work.sql(
        `UPDATE unusual_use_side SET assignee_id = $3, assignee_name = $4, assigned_at = $5
          WHERE unusual_use_id = $1 AND agency_id = $2 AND answered_at IS NULL RETURNING agency_id`,
        [row.id, actor.agencyId, colleague.id, colleague.name, work.at],
      );
      if (assigned === undefined) return this.refuse(work, entered.value, ANSWERED);
      await this.gate.record(work, entered.value, 'done');
      return ok(presentUse((await findUse(work, row.id)) ?? row, actor, work.at));
    });
  }

  private async refuse(work: Work, entered: EnteredUse, why: Refusal): Promise<Result<never, Refusal>> {
    await this.gate.record(work, entered, 'refused', why.message);
    return err(why);
  }
}

const NO_COLLEAGUE = invalid([{ field: 'input.personId', message: 'Choose somebody of your agency.' }]);
const ANSWERED = refusal(RefusalCode.Conflict, 'Your agency has already answered. Read the answer and close it.');
