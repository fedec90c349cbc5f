import { Injectable } from '@nestjs/common';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import { findReason, type StatedReason } from '../store/reason-rows.js';
import { workConnection } from '../store/connection.js';
import { findSearches, type SavedSearch } from '../store/search-rows.js';
import { findPurposes } from '../store/value-rows.js';
import { isPermitted, readingAll } from './auditor-reading.js';

/** What an auditor finds on her desk before she looks at any entry. */
export interface DeskView {
  /** Undefined until she has stated one in this session. */
  readonly stated: StatedReason | undefined;
  readonly searches: readonly SavedSearch[];
  /** Every purpose the ledger knows, to choose from; none before a reason is stated. */
  readonly purposes: readonly string[];
}

/** An auditor's own desk: what she put there herself, and the purposes to choose from, which say nothing of anybody. So only who
 * may not have one leaves an entry. */
@Injectable()
export class AuditDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
  ) {}

  open(context: ActContext): Promise<DeskView | undefined> {
    return this.unitOfWork.run(context, async (work) => {
      if (isPermitted(context, 'ledger.search', work.at)) {
        const [stated, searches] = await Promise.all([findReason(work), findSearches(work)]);
        return { stated, searches, purposes: stated === undefined ? [] : await readingAll(work, () => findPurposes(workConnection(work), '')) };
      }
      await this.intake.append(work, { verb: 'ledger.search', outcome: 'refused' });
      return undefined;
    });
  }
}
