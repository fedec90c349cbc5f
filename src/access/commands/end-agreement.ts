import { Injectable } from '@nestjs/common';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';

/** Ends an agreement: from this moment nothing is read under it. Needs the owner of the schema: for the command line. */
@Injectable()
export class EndAgreement {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Answers whether there was such an agreement that had not ended. */
  execute(context: ActContext, reference: string): Promise<boolean> {
    return this.unit.run(context, async (work) => {
      const [ended] = await work.sql<{ id: string; title: string }>(
        `UPDATE agreement SET status = 'ended' WHERE reference = $1 AND status <> 'ended' RETURNING id, title`,
        [reference],
      );
      if (ended === undefined) return false;
      await this.ledger.append(work, {
        verb: 'agreement.end', outcome: 'done', subject: { kind: 'agreement', id: ended.id, title: ended.title }, agreement: reference,
      });
      return true;
    });
  }
}
