import { Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, ok, type AgencyId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { CaseGate, findAgency, formerMembersOf, printed, runsMembership, type FormerMember } from '../../workspaces/index.js';
import type { Recall } from '../domain/recall.js';
import { recallsOnLeaving } from '../store/recall-rows.js';
import { broughtBy, reachedBy, unsettledWith, type Reached, type Unsettled } from '../store/departure.store.js';

/** What ending an agency's part in a case does and does not do, as far as the reader may know it. */
export interface Ending {
  readonly agency: { readonly id: AgencyId; readonly code: string; readonly name: string };
  readonly isOwn: boolean;
  readonly unsettled: readonly Unsettled[];
  readonly reached: readonly Reached[];
  /** How many items it brought. */
  readonly brought: number;
}

/** A membership that was ended, with what was asked of the agency then: as far as the reader sees the exhibits. */
export interface Former extends FormerMember {
  readonly asked: readonly Recall[];
}

/** The ends of memberships: what one would mean before it is done, and those that were. */
@Injectable()
export class MembershipEnding {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  /** Not found for whoever may not end it, as where there is none. Ids are attacker-controlled. */
  find(context: ActContext, workspaceId: string, agencyId: string): Promise<Result<Ending, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterToRead(work, 'workspace.read', workspaceId);
      if (!entered.ok) return entered;
      const { actor, facts, row } = entered.value;
      const known = idOf<'agency'>(agencyId);
      const agency = known && (await findAgency(work, known));
      const { effect } = decide(actor, 'member.end', { ...facts, ownerAgencyId: agency?.id });
      if (!agency || effect !== 'permit' || !(await runsMembership(work, row.id, agency.id))) {
        await this.gate.recordRefusal(work, entered.value, { reason: 'member.end', details: { agency: agencyId } });
        return err(NOT_FOUND);
      }
      const reached = await reachedBy(work, row.id, agency.code);
      await this.gate.record(work, entered.value, {
        subject: { kind: 'workspace', id: row.id, title: row.title, marking: printed(row), owner: row.lead.name },
        details: { agency: agency.code, items: reached.map(({ id }) => id), count: reached.length },
      });
      const [unsettled, brought] = [await unsettledWith(work, row.id, agency.code), await broughtBy(work, row.id, agency.code)];
      return ok({ agency, isOwn: agency.id === actor.agencyId, unsettled, reached, brought });
    });
  }

  /** The memberships that were ended, for the agency that leads and each one's own. `workspaceId` is attacker-controlled. */
  former(context: ActContext, workspaceId: string): Promise<readonly Former[]> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'workspace.read', workspaceId);
      if (!entered.ok) return [];
      const { row } = entered.value;
      const [former, asked] = [await formerMembersOf(work, row.id), await recallsOnLeaving(work, row.id)];
      await this.gate.record(work, entered.value, {
        subject: { kind: 'workspace', id: row.id, title: row.title, marking: printed(row), owner: row.lead.name },
        details: { ended: former.length, items: asked.map(({ itemId }) => itemId), count: asked.length },
      });
      return former.map((one) => ({ ...one, asked: asked.filter(({ agencyId, recalledAt }) => agencyId === one.agencyId && recalledAt.getTime() === one.until.getTime()) }));
    });
  }
}
