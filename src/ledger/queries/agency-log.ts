import { Injectable } from '@nestjs/common';
import { err, NOT_FOUND, ok, type ActorRef, type Json, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide } from '../../../libs/policy/index.js';
import { Cursors, EMPTY_PAGE, openPage, type PageRequest } from '../../platform/graphql/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { AgencyLogConnection } from '../api/agency-log.views.js';
import { LedgerIntake } from '../commands/ledger-intake.js';
import { readOthers, readOwnPeople, type AgencyLogFilter, type AgencyLogRow } from '../store/agency-log-rows.js';
import { workConnection } from '../store/connection.js';
import { presentOther, presentOwn } from './present-agency-log.js';

/** What is asked of an agency's log; the filter has been checked at the edge. */
export interface AgencyLogRequest extends PageRequest {
  readonly filter: AgencyLogFilter;
  /** What others did with what is the agency's, and not what its own people did. */
  readonly ofOthers: boolean;
}

/**
 * The log of an agency across all cases, for who manages it: what its own people did, and what others did with what is its
 * own. It gives no sight of anything: what an entry is about is named as far as its reader sees it now.
 */
@Injectable()
export class AgencyLog {
  constructor(
    private readonly units: UnitOfWork,
    private readonly cursors: Cursors,
    private readonly ledger: LedgerIntake,
  ) {}

  read(context: ActContext, request: AgencyLogRequest): Promise<Result<AgencyLogConnection, Refusal>> {
    return this.units.run(context, async (work) => {
      const { actor } = context;
      if (!actor) return err(NOT_FOUND);
      const { filter, ofOthers } = request;
      const details = { filter: JSON.parse(JSON.stringify(filter)) as Json, ofOthers };
      const page = openPage(this.cursors, actor, `agency-log:${JSON.stringify(details)}`, request);
      if (!page.ok) return page;
      const decision = decide(actor, 'agency-log.read', { at: work.at });
      const draft = { verb: 'agency-log.read', policy: decision.reasons.join(' ') } as const;
      if (decision.effect !== 'permit') {
        await this.ledger.append(work, { ...draft, outcome: 'refused' });
        return ok(EMPTY_PAGE);
      }
      const { first, after, close } = page.value;
      const rows = await rowsFor(work, actor, request, { after, limit: first + 1 });
      const view = close(rows, ofOthers ? presentOther : presentOwn);
      await this.ledger.append(work, { ...draft, outcome: 'done', details: { ...details, count: view.nodes.length } });
      return ok(view);
    }, 'across');
  }
}

function rowsFor(work: Work, actor: ActorRef, { filter, ofOthers }: AgencyLogRequest, page: Parameters<typeof readOthers>[3]): Promise<readonly AgencyLogRow[]> {
  const connection = workConnection(work, 'once');
  return ofOthers ? readOthers(connection, actor.agencyId, filter, page) : readOwnPeople(connection, actor, filter, page);
}
