import { Injectable } from '@nestjs/common';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';

/** Closes a duty post: nobody is told there any more. Needs the owner of the schema: for the command line. */
@Injectable()
export class CloseDutyPost {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Answers whether the agency had an open post of this name. */
  execute(context: ActContext, agencyCode: string, name: string): Promise<boolean> {
    return this.unit.run(context, async (work) => {
      const [closed] = await work.sql<{ id: string }>(
        `UPDATE duty_post d SET closed_at = $3 FROM agency a
          WHERE a.id = d.agency_id AND a.code = $1 AND d.name = $2 AND d.closed_at IS NULL RETURNING d.id`,
        [agencyCode, name, work.at],
      );
      if (closed === undefined) return false;
      await this.ledger.append(work, { verb: 'duty-post.close', outcome: 'done', subject: { kind: 'duty-post', id: closed.id, title: name, owner: agencyCode } });
      return true;
    });
  }
}
