import { Inject, Injectable } from '@nestjs/common';
import { NOT_FOUND, err, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { CONFIG, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';
import { readEarlierTree, type EarlierTree } from '../domain/earlier-tree.js';
import { ledgerKey } from '../domain/ledger-key.js';
import { isPermitted, reasonsOf } from '../queries/auditor-reading.js';
import { proveContinuity, type Continuity } from '../queries/prove-continuity.js';
import { workConnection } from '../store/connection.js';
import { LedgerIntake } from './ledger-intake.js';

/** An auditor holds the ledger of now against what she kept of an earlier one. That she did is recorded with what she held. */
@Injectable()
export class ProveLedger {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: LedgerIntake,
  ) {}

  /**
   * Whoever may not gets "nothing here" for whatever is sent, and it is recorded. What cannot be read is no act.
   *
   * @param from - attacker-controlled, see `readEarlierTree`
   */
  execute(context: ActContext, from: string): Promise<Result<Continuity, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const policy = reasonsOf(context, 'ledger.prove', work.at);
      if (!isPermitted(context, 'ledger.prove', work.at)) {
        await this.intake.append(work, { verb: 'ledger.prove', outcome: 'refused', policy });
        return err(NOT_FOUND);
      }
      const trust = ledgerKey(this.config.keys.ledgerSigningKey, this.config.keys.ledgerOrigin);
      const earlier = readEarlierTree(from, trust);
      if (!earlier.ok) return earlier;
      await this.intake.append(work, { verb: 'ledger.prove', outcome: 'done', policy, details: detailsOf(earlier.value) });
      await work.sql('SET LOCAL ROLE concordat_auditor');
      return ok(await proveContinuity(workConnection(work), trust, earlier.value));
    });
  }
}

function detailsOf({ size, root }: EarlierTree): { from: number; root: string | null } {
  return { from: size, root: root === undefined ? null : Buffer.from(root).toString('base64') };
}
