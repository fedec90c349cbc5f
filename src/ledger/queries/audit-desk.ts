import { Injectable } from '@nestjs/common';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import { findReason, type StatedReason } from '../store/reason-rows.js';
import { isPermitted } from './auditor-reading.js';

/** What an auditor finds on her desk before she looks at any entry. */
export interface DeskView {
  /** Undefined until she has stated one in this session. */
  readonly stated: StatedReason | undefined;
}

/** An auditor's own desk: nothing on it is anybody else's, so only who may not have one leaves an entry. */
@Injectable()
export class AuditDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
  ) {}

  open(context: ActContext): Promise<DeskView | undefined> {
    return this.unitOfWork.run(context, async (work) => {
      if (isPermitted(context, 'ledger.search', work.at)) return { stated: await findReason(work) };
      await this.intake.append(work, { verb: 'ledger.search', outcome: 'refused' });
      return undefined;
    });
  }
}
