import { Injectable } from '@nestjs/common';
import { ok, type ItemId, type Refusal, type Result, type WorkspaceId } from '../../../libs/kernel/index.js';
import { printMarking, type Level } from '../../../libs/policy/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Placed } from '../../platform/index.js';
import { Cursors, openPage, type PageInfo, type PageRequest } from '../../platform/graphql/index.js';
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

type Row = Omit<DueExhibit, 'marking'> & Pick<Parameters<typeof printMarking>[0], 'descriptors' | 'handling'> & Placed;

/** A page of the review queue. */
interface DuePage {
  readonly nodes: DueExhibit[];
  readonly pageInfo: PageInfo;
  /** How many are due altogether, of those the reader sees. */
  readonly count: number;
}

/** The review queue of the reader's agency: its own exhibits that she sees, the longest due first. */
@Injectable()
export class ExhibitsToReview {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly access: AccessFacts,
    private readonly ledger: LedgerIntake,
    private readonly cursors: Cursors,
  ) {}

  list(context: ActContext, request: PageRequest): Promise<Result<DuePage, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterList(work, 'retention.list');
      if (!entered.ok) return entered;
      const { actor, policy } = entered.value;
      const page = openPage(this.cursors, actor, 'exhibits-to-review', request);
      if (!page.ok) return page;
      const rows = await work.sql<Row>(
        `SELECT i.id, i.workspace_id AS "workspaceId", w.reference AS "workspaceReference", x.reference, i.title, r.group_code AS "group", i.tier, i.sensitive, i.descriptors, i.handling,
                to_char(r.review_on, 'YYYY-MM-DD') AS "reviewOn", to_char(r.review_on, 'YYYY-MM-DD') AS place_at, i.id::text AS place_id,
                EXISTS (SELECT FROM evidence_hold h WHERE h.workspace_id = i.workspace_id AND h.lifted_at IS NULL AND (h.item_id IS NULL OR h.item_id = i.id)) AS held
           ${DUE} AND ($3::date IS NULL OR (r.review_on, i.id) > ($3::date, $4::uuid))
          ORDER BY r.review_on, i.id LIMIT $5`,
        [actor.agencyId, work.at, ...page.value.after, page.value.first + 1],
      );
      const { nodes, pageInfo } = page.value.close(rows, (row): DueExhibit => ({ ...row, marking: printMarking(row) }));
      const [all] = await work.sql<{ count: number }>(`SELECT count(*)::int AS count ${DUE}`, [actor.agencyId, work.at]);
      const cases = await this.access.answered(work, nodes.map((one) => ({ ...one, reference: one.workspaceReference })));
      await this.ledger.append(work, { verb: 'retention.list', outcome: 'done', policy, details: { items: nodes.map(({ id }) => id), cases, count: nodes.length } });
      return ok({ nodes, pageInfo, count: all?.count ?? 0 });
    }, 'across');
  }
}

/** Those of an agency ($1) that are due at a moment ($2), by what was said of each last. */
const DUE = `FROM item i JOIN exhibit x ON x.item_id = i.id JOIN workspace w ON w.id = i.workspace_id
  JOIN LATERAL (SELECT group_code, review_on FROM exhibit_retention r WHERE r.item_id = i.id ORDER BY seq DESC LIMIT 1) r ON true
 WHERE i.originator_agency_id = $1 AND r.review_on <= $2::date AND NOT EXISTS (SELECT FROM disposal d WHERE d.item_id = i.id AND d.approved)`;
