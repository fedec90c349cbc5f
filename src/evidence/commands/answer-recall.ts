import { Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide } from '../../../libs/policy/index.js';
import { LedgerIntake, WriteGate } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { Copies, RecallId } from '../domain/recall.js';
import { answerRecall, findRecall } from '../store/recall-rows.js';

/** What became of an agency's copies; texts cleaned at the edge, `id` attacker-controlled. */
export interface RecallAnswer {
  readonly id: string;
  readonly copies: Copies;
  readonly answer: string;
}

/** Somebody of a recalled agency says what became of its copies. Once: what was said stands. */
@Injectable()
export class AnswerRecall {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerIntake,
    private readonly writing: WriteGate,
  ) {}

  execute(context: ActContext, { id, copies, answer }: RecallAnswer): Promise<Result<RecallId, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const { actor } = context;
      const known = idOf<'recall'>(id);
      const recall = known && (await findRecall(work, known));
      const decision = decide(actor, 'recall.answer', { at: work.at, ownerAgencyId: recall?.agencyId });
      const entry = { verb: 'recall.answer', subject: { kind: 'recall', id }, policy: decision.reasons.join(' ') } as const;
      const refuse = async (reason?: string): Promise<void> => {
        await this.ledger.append(work, { ...entry, outcome: 'refused', ...(reason !== undefined && { reason }) });
      };
      if (!recall || !actor || decision.effect !== 'permit') {
        await refuse();
        return err(NOT_FOUND);
      }
      const writing = await this.writing.letIn(work, 'recall.answer', recall, refuse);
      if (!writing.ok) return writing;
      if (!(await answerRecall(work, recall.id, { copies, answer, by: actor.displayName }))) {
        await refuse(ANSWERED.message);
        return err(ANSWERED);
      }
      await this.ledger.append(work, { ...entry, outcome: 'done', details: { copies, exhibit: recall.itemId, reference: recall.reference } });
      return ok(recall.id);
    });
  }
}

const ANSWERED = refusal(RefusalCode.Conflict, 'A colleague has answered this recall already. What was said stands.');
