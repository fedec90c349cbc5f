import { Injectable } from '@nestjs/common';
import { decide, printMarking, type Level } from '../../../libs/policy/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { AgreementView, ClauseView } from '../api/agreement.views.js';

interface AgreementRow extends Omit<AgreementView, 'ceiling'> {
  readonly ceiling_tier: Level['tier'];
  readonly ceiling_sensitive: boolean;
  readonly clauses: ClauseView[];
}

/** The live agreements to which the reader's agency is a party, with all parties and clauses. */
@Injectable()
export class AgreementsOfAgency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Answers none to whoever may not ask: forbidden and absent are one answer. The refusal is recorded. */
  list(context: ActContext): Promise<AgreementView[]> {
    return this.unitOfWork.run(context, async (work) => {
      const decision = decide(context.actor, 'agreement.list', { at: work.at });
      if (decision.effect === 'permit') return (await findLive(work)).map(present);
      await this.ledger.append(work, { verb: 'agreement.list', outcome: 'refused', policy: decision.reasons.join(' ') });
      return [];
    });
  }
}

/** Row-level security narrows to the agency's own; the join says so too, so that the planner starts there. */
function findLive(work: Work): Promise<AgreementRow[]> {
  return work.sql<AgreementRow>(
    `SELECT a.id, a.reference, a.title, a.valid_from AS "validFrom", a.valid_to AS "validTo", a.ceiling_tier, a.ceiling_sensitive,
            (SELECT json_agg(json_build_object('id', y.id, 'code', y.code, 'name', y.name) ORDER BY y.name)
               FROM agreement_party p JOIN agency y ON y.id = p.agency_id WHERE p.agreement_id = a.id) AS parties,
            (SELECT coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'purpose', c.purpose, 'gateway', c.gateway,
                      'category', c.category, 'words', c.words) ORDER BY c.code), '[]')
               FROM agreement_clause c WHERE c.agreement_id = a.id) AS clauses
       FROM agreement a
       JOIN agreement_party own ON own.agreement_id = a.id AND own.agency_id = $1
      WHERE a.status = 'live' AND a.valid_from <= $2 AND $2 < a.valid_to
      ORDER BY a.reference`,
    [work.context.actor?.agencyId ?? null, work.at],
  );
}

function present({ ceiling_tier: tier, ceiling_sensitive: sensitive, ...row }: AgreementRow): AgreementView {
  return { ...row, ceiling: printMarking({ tier, sensitive, descriptors: [], handling: [] }) };
}
