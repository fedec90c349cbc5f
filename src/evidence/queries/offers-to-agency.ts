import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { ok, type ItemId, type Refusal, type Result, type WorkspaceId } from '../../../libs/kernel/index.js';
import { printMarking, type Level } from '../../../libs/policy/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { CaseGate } from '../../workspaces/index.js';

/** An exhibit that was offered to the reader's agency and waits for an answer. */
export interface OfferSeen {
  readonly id: ItemId;
  readonly workspaceId: WorkspaceId;
  readonly workspaceReference: string;
  readonly reference: string;
  readonly title: string;
  /** As printed. */
  readonly marking: string;
  readonly offeredBy: string;
  readonly agency: string;
  readonly offeredAt: Date;
  readonly tier: Level['tier'];
  readonly sensitive: boolean;
}

type Row = Omit<OfferSeen, 'marking'> & Pick<Parameters<typeof printMarking>[0], 'descriptors' | 'handling'>;

/** What one first page shows of them; whoever answers sees the next. */
const MOST = 25;

/** The offers of custody that wait for somebody of the reader's agency, the oldest first; never one she has made herself. */
@Injectable()
export class OffersToAgency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly access: AccessFacts,
    private readonly ledger: LedgerIntake,
  ) {}

  list(context: ActContext): Promise<Result<OfferSeen[], Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterList(work, 'offer.list');
      if (!entered.ok) return entered;
      const { actor, policy } = entered.value;
      const rows = await work.sql<Row>(STANDING, [actor.agencyCode, actor.personId, CustodyAct.Offered, ANSWERS]);
      const offers = rows.map((row) => ({ ...row, marking: printMarking(row) }));
      // A list of none consults nothing, and stands on the first page of everybody.
      if (offers.length === 0) return ok(offers);
      const cases = await this.access.answered(work, offers.map((one) => ({ ...one, reference: one.workspaceReference })));
      await this.ledger.append(work, { verb: 'offer.list', outcome: 'done', policy, details: { items: offers.map(({ id }) => id), cases, count: offers.length } });
      return ok(offers);
    }, 'across');
  }
}

/** What ends an offer. */
const ANSWERS = [CustodyAct.Offered, CustodyAct.Accepted, CustodyAct.Declined, CustodyAct.Withdrawn, CustodyAct.Disposed];

/** An offer stands until an event after it has answered it, withdrawn it, or ended the exhibit. */
const STANDING = `SELECT i.id, i.workspace_id AS "workspaceId", w.reference AS "workspaceReference", x.reference, i.title, i.tier, i.sensitive, i.descriptors, i.handling,
    e.by_name AS "offeredBy", e.by_agency_name AS agency, e.at AS "offeredAt"
  FROM custody_event e JOIN item i ON i.id = e.item_id JOIN exhibit x ON x.item_id = i.id JOIN workspace w ON w.id = i.workspace_id
 WHERE e.act = $3 AND e.to_agency = $1 AND e.by_id <> $2
   AND NOT EXISTS (SELECT FROM custody_event l WHERE l.item_id = e.item_id AND l.seq > e.seq AND l.act = ANY ($4))
 ORDER BY e.at, i.id LIMIT ${MOST}`;
