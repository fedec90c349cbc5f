import { Injectable } from '@nestjs/common';
import { ok, type ItemId, type Refusal, type Result, type WorkspaceId } from '../../../libs/kernel/index.js';
import { printMarking, type Level } from '../../../libs/policy/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { CaseGate } from '../../workspaces/index.js';

/** An exhibit of the reader's agency whose day of review has come. */
export interface DueExhibit {
  readonly id: ItemId;
  readonly workspaceId: WorkspaceId;
  readonly workspaceReference: string;
  readonly reference: string;
  readonly title: string;
  readonly group: string;
  /** `YYYY-MM-DD`. */
  readonly reviewOn: string;
  readonly held: boolean;
  readonly tier: Level['tier'];
  readonly sensitive: boolean;
  /** As printed. */
  readonly marking: string;
}

type Terms = Pick<Parameters<typeof printMarking>[0], 'descriptors' | 'handling'>;

/** What one page of the queue shows; whoever works it off sees the next. */
const MOST = 50;

/** The review queue of the reader's agency: its own exhibits that she sees, the longest due first. */
@Injectable()
export class ExhibitsToReview {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly access: AccessFacts,
    private readonly ledger: LedgerIntake,
  ) {}

  list(context: ActContext): Promise<Result<DueExhibit[], Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterList(work, 'retention.list');
      if (!entered.ok) return entered;
      const { actor, policy } = entered.value;
      const rows = await work.sql<Omit<DueExhibit, 'marking'> & Terms>(
        `SELECT i.id, i.workspace_id AS "workspaceId", w.reference AS "workspaceReference", x.reference, i.title, r.group_code AS "group", i.tier, i.sensitive, i.descriptors, i.handling,
                to_char(r.review_on, 'YYYY-MM-DD') AS "reviewOn",
                EXISTS (SELECT FROM evidence_hold h WHERE h.workspace_id = i.workspace_id AND h.lifted_at IS NULL AND (h.item_id IS NULL OR h.item_id = i.id)) AS held
           FROM item i JOIN exhibit x ON x.item_id = i.id JOIN workspace w ON w.id = i.workspace_id
           JOIN LATERAL (SELECT group_code, review_on FROM exhibit_retention r WHERE r.item_id = i.id ORDER BY seq DESC LIMIT 1) r ON true
          WHERE i.originator_agency_id = $1 AND r.review_on <= $2::date AND NOT EXISTS (SELECT FROM disposal d WHERE d.item_id = i.id AND d.approved)
          ORDER BY r.review_on, i.id LIMIT ${MOST}`,
        [actor.agencyId, work.at],
      );
      const due = rows.map((row) => ({ ...row, marking: printMarking(row) }));
      const cases = await this.access.answered(work, due.map((one) => ({ ...one, reference: one.workspaceReference })));
      await this.ledger.append(work, { verb: 'retention.list', outcome: 'done', policy, details: { items: due.map(({ id }) => id), cases, count: due.length } });
      return ok(due);
    }, 'across');
  }
}
