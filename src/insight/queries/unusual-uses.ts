import { Injectable } from '@nestjs/common';
import { err, invalid, NOT_FOUND, ok, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide } from '../../../libs/policy/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Cursors, EMPTY_PAGE, openPage, type OpenPage, type PageRequest } from '../../platform/graphql/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { UnusualUseConnection, UnusualUseView } from '../api/unusual-use.views.js';
import { UnusualUseGate } from '../commands/unusual-use-gate.js';
import { findColleagues, listUses, type UseState } from '../store/unusual-use-rows.js';
import { presentUse } from './present-use.js';

/** What a reader asks for (attacker-controlled). */
export interface UnusualUsesRequest extends PageRequest {
  readonly state: string;
}

const STATES: readonly string[] = ['open', 'closed', 'all', 'mine'] satisfies UseState[];

/**
 * Reads that want an explanation, narrowed by row-level security to what the actor may see of them. A page of none, which
 * is how everybody's first page asks whether something waits, is not recorded: it says nothing and would only drown what does.
 */
@Injectable()
export class UnusualUses {
  constructor(
    private readonly units: UnitOfWork,
    private readonly cursors: Cursors,
    private readonly ledger: LedgerIntake,
    private readonly gate: UnusualUseGate,
  ) {}

  list(context: ActContext, request: UnusualUsesRequest): Promise<Result<UnusualUseConnection, Refusal>> {
    return this.units.run(context, async (work) => {
      const { actor } = context;
      if (!actor) return err(NOT_FOUND);
      const { state } = request;
      if (!STATES.includes(state)) return err(UNKNOWN_STATE);
      const page = openPage(this.cursors, actor, `unusual-use:${state}`, request);
      if (!page.ok) return page;
      const decision = decide(actor, 'unusual-use.list', { at: work.at });
      const policy = decision.reasons.join(' ');
      if (decision.effect === 'permit') return ok(await this.page(work, actor, state as UseState, page.value, policy));
      await this.ledger.append(work, { verb: 'unusual-use.list', outcome: 'refused', policy });
      return ok(EMPTY_PAGE);
    });
  }

  private async page(work: Work, actor: ActorRef, state: UseState, { first, after, close }: OpenPage, policy: string): Promise<UnusualUseConnection> {
    const page = close(await listUses(work, state, after, first + 1), (row) => presentUse(row, actor, work.at));
    const uses = page.nodes.map(({ id }) => id);
    if (uses.length > 0) await this.ledger.append(work, { verb: 'unusual-use.list', outcome: 'done', policy, details: { count: uses.length, uses } });
    return page;
  }

  /** Null for whatever this reader may not see, there or not. Who can assign it is told whom she can ask. */
  read(context: ActContext, id: string): Promise<UnusualUseView | null> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'unusual-use.read', id);
      if (!entered.ok) return null;
      await this.gate.record(work, entered.value, 'done');
      const { row, actor } = entered.value;
      const view = presentUse(row, actor, work.at);
      return view.can.assign ? Object.assign(view, { colleagues: [...(await findColleagues(work, actor.agencyId))] }) : view;
    });
  }
}

const UNKNOWN_STATE = invalid([{ field: 'state', message: 'Ask for those that are open, closed, all, or mine to answer.' }]);
