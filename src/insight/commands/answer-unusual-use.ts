import { Injectable } from '@nestjs/common';
import { err, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { UnusualUseView } from '../api/unusual-use.views.js';
import { presentUse } from '../queries/present-use.js';
import { findUse } from '../store/unusual-use-rows.js';
import { UnusualUseGate } from './unusual-use-gate.js';

export interface AnswerUnusualUseInput {
  readonly id: string;
  /** Cleaned at the edge. */
  readonly answer: string;
}

/** Whoever was asked explains. What was said once stands; what is missing is said in closing. */
@Injectable()
export class AnswerUnusualUse {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: UnusualUseGate,
  ) {}

  execute(context: ActContext, { id, answer }: AnswerUnusualUseInput): Promise<Result<UnusualUseView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'unusual-use.answer', id);
      if (!entered.ok) return entered;
      const { actor, row } = entered.value;
      const [answered] = await work.sql(
        `UPDATE unusual_use_side SET answer = $4, answered_at = $5
          WHERE unusual_use_id = $1 AND agency_id = $2 AND assignee_id = $3 AND answered_at IS NULL RETURNING agency_id`,
        [row.id, actor.agencyId, actor.personId, answer, work.at],
      );
      await this.gate.record(work, entered.value, answered === undefined ? 'refused' : 'done', answered === undefined ? ANSWERED.message : undefined);
      if (answered === undefined) return err(ANSWERED);
      return ok(presentUse((await findUse(work, row.id)) ?? row, actor, work.at));
    });
  }
}

const ANSWERED = refusal(RefusalCode.Conflict, 'You have answered this already. Your answer stands as you gave it.');
