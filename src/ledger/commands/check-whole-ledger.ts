import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NOT_FOUND, err, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { CONFIG, Clock, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';
import { ledgerAuthority } from '../domain/ledger-authority.js';
import { ledgerKey } from '../domain/ledger-key.js';
import { isPermitted, reasonsOf } from '../queries/auditor-reading.js';
import { checkLedger, type LedgerReport } from '../queries/check-ledger.js';
import { managerConnection } from '../store/connection.js';
import { rememberedCheckpoints } from '../store/remembered-checkpoint.js';
import { LedgerIntake } from './ledger-intake.js';

/** What a check said, and when. */
export interface CheckedLedger extends LedgerReport {
  readonly checkedAt: Date;
}

/** An auditor has the whole ledger recomputed. That she did is in the ledger before the answer is known. */
@Injectable()
export class CheckWholeLedger {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async execute(context: ActContext): Promise<Result<CheckedLedger, Refusal>> {
    const isAllowed = await this.unitOfWork.run(context, async (work) => {
      const allowed = isPermitted(context, 'ledger.check', work.at);
      await this.intake.append(work, { verb: 'ledger.check', outcome: allowed ? 'done' : 'refused', policy: reasonsOf(context, 'ledger.check', work.at) });
      return allowed;
    });
    if (!isAllowed) return err(NOT_FOUND);
    const { ledgerSigningKey, ledgerOrigin } = this.config.keys;
    const trust = ledgerKey(ledgerSigningKey, ledgerOrigin);
    const remembered = await rememberedCheckpoints(this.config.dataFolder);
    // A steady view, so that what is recorded while the check runs is not taken for damage.
    const report = await this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET LOCAL ROLE concordat_auditor');
      return checkLedger(managerConnection(manager), trust, remembered, ledgerAuthority(this.config.timestamps)?.trust);
    });
    return ok({ ...report, checkedAt: this.clock.now() });
  }
}
