import { Injectable } from '@nestjs/common';
import { NOT_FOUND, err, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { isPermitted, reasonsOf } from '../queries/auditor-reading.js';
import { keepReason, type StatedReason } from '../store/reason-rows.js';
import { LedgerIntake } from './ledger-intake.js';

/** An auditor says why she looks. It holds for what this session looks at from now on, until she states another. */
@Injectable()
export class StateReason {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
  ) {}

  /** @param reason - clean text, 1 to 500 characters */
  execute(context: ActContext, reason: string): Promise<Result<StatedReason, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const isAllowed = isPermitted(context, 'ledger.state-reason', work.at);
      await this.intake.append(work, { verb: 'ledger.state-reason', reason, policy: reasonsOf(context, 'ledger.state-reason', work.at), outcome: isAllowed ? 'done' : 'refused' });
      if (!isAllowed) return err(NOT_FOUND);
      keepReason(work, reason);
      return ok({ reason, statedAt: work.at });
    });
  }
}
