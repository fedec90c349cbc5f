import { Injectable } from '@nestjs/common';
import { err, NOT_FOUND, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { groundsFor, groundsReaching, worksOnCases, type Ground, type Marking } from '../../../libs/policy/index.js';
import { AccessFacts, type SightOnDay } from '../../access/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { OwnSightView, SightGroundView } from '../api/explain.views.js';
import { CaseGate, type EnteredItem } from '../commands/case-gate.js';
import { markingOf } from '../store/item.store.js';
import { printed } from '../domain/printed-marking.js';

/**
 * Why an item is seen: to each reader of it as far as it is about her own agency and her own role, and to people of the agency it is
 * from about everybody. What the one is told is the same whoever else sees the item.
 */
@Injectable()
export class ItemExplained {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly access: AccessFacts,
  ) {}

  /** Why the actor sees it. Not found for what is hidden or absent; `id` is attacker-controlled. */
  own(context: ActContext, id: string): Promise<Result<OwnSightView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterItemToRead(work, 'item.explain', id);
      if (!entered.ok) return entered;
      await this.record(work, entered.value, {});
      return ok(ownSight(entered.value, work.at));
    });
  }

  /** Who could see it in a span of time, for people of the agency it is from. Not found for everybody else. */
  audience(context: ActContext, id: string, from: Date, to: Date): Promise<Result<SightOnDay, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterItemToRead(work, 'item.audience', id);
      if (!entered.ok) return entered;
      await this.record(work, entered.value, { from: from.toISOString(), to: to.toISOString() });
      const sight = await this.access.sightForOriginator(work, entered.value.item.id, from, to);
      return sight ? ok(sight) : err(NOT_FOUND);
    });
  }

  private record(work: Work, entered: EnteredItem, asked: Readonly<Record<string, string>>): Promise<void> {
    const { item } = entered;
    return this.gate.record(work, entered, {
      subject: { kind: item.kind, id: item.id, title: item.title, marking: printed(item), owner: item.owner },
      details: { items: [item.id], ...asked },
    });
  }
}

function ownSight({ actor, facts, item }: EnteredItem, at: Date): OwnSightView {
  const marking = markingOf(item);
  const grounds = facts.workspace ? groundsReaching(groundsFor(actor.agencyId, facts.workspace, at), marking) : [];
  return {
    id: item.id,
    workspaceId: item.workspace_id,
    kind: item.kind,
    title: item.title,
    marking: printed(item),
    owner: item.owner,
    reach: reachOf(marking, actor),
    grounds: grounds.map(groundView),
    roles: actor.roles.filter((role) => worksOnCases([role])),
  };
}

/** By what part of its marking it may go to the actor's agency. */
function reachOf({ originator, releasableTo }: Marking, { agencyId }: EnteredItem['actor']): OwnSightView['reach'] {
  if (originator === agencyId) return 'originator';
  return releasableTo === null ? 'every-member' : 'named';
}

function groundView(ground: Ground): SightGroundView {
  if (ground.kind === 'lead') return { kind: 'lead', agreement: null, clause: null, purpose: null, gateway: null, since: null, until: null };
  const { agreement, clause, validFrom, validTo } = ground.membership;
  const until = validTo === null || agreement.validTo < validTo ? agreement.validTo : validTo;
  return { kind: 'member', agreement: agreement.reference, clause: clause.code, purpose: clause.purpose, gateway: clause.gateway, since: validFrom, until };
}
