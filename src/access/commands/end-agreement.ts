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
      const [ended] = await work.sql<{ id: string; title: string; parties: readonly string[] }>(
        `UPDATE agreement g SET status = 'ended' WHERE reference = $1 AND status <> 'ended'
         RETURNING id, title, ARRAY (SELECT a.code FROM agreement_party p JOIN agency a ON a.id = p.agency_id WHERE p.agreement_id = g.id ORDER BY a.code) AS parties`,
        [reference],
      );
      if (ended === undefined) return false;
      await this.ledger.append(work, {
        verb: 'agreement.end', outcome: 'done', subject: { kind: 'agreement', id: ended.id, title: ended.title }, agreement: reference, recipients: ended.parties,
      });
      return true;
    });
  }
}
