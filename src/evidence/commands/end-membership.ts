import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, ok, refusal, RefusalCode, type AgencyId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, endMember, findAgency, keepEnd, lockInvitations, printed, runsMembership, type Entered } from '../../workspaces/index.js';
import type { RecallId } from '../domain/recall.js';
import { reachedBy, unsettledWith, type Reached, type Unsettled } from '../store/departure.store.js';
import { insertRecall, type NewRecall } from '../store/recall-rows.js';

/** Whose part in which investigation ends, and why; the reason cleaned at the edge. Ids are attacker-controlled. */
export interface EndMembershipInput {
  readonly workspaceId: string;
  readonly agencyId: string;
  readonly reason: string;
}

type Leaving = NonNullable<Awaited<ReturnType<typeof findAgency>>>;

/**
 * Ends an agency's part in an investigation before its time: at the next read there is nothing there for its people. What they have
 * seen is not unseen, and what they brought stays; they are asked what became of copies. Not while the agency has a thing of the case on its shelf.
 */
@Injectable()
export class EndMembership {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  execute(context: ActContext, input: EndMembershipInput): Promise<Result<AgencyId, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'member.end', input.workspaceId);
      if (!entered.ok) return entered;
      const { row } = entered.value;
      const id = idOf<'agency'>(input.agencyId);
      const agency = id && (await findAgency(work, id));
      if (!agency) return this.refuse(work, entered.value, input, NOT_FOUND);
      // Of two who end it at once, or of one who ends it while another invites, each waits for the other.
      await lockInvitations(work, row.id);
      const allowed = await this.gate.allow(work, entered.value, { ownerAgencyId: agency.id }, NOT_FOUND);
      if (!allowed.ok) return allowed;
      if (!(await runsMembership(work, row.id, agency.id))) return this.refuse(work, entered.value, input, NO_MEMBER);
      const unsettled = await unsettledWith(work, row.id, agency.code, true);
      if (unsettled.length > 0) return this.refuse(work, entered.value, input, notBefore(agency.name, unsettled));
      await this.end(work, entered.value, agency, input.reason);
      return ok(agency.id);
    });
  }

  private async end(work: Work, entered: Entered, agency: Leaving, reason: string): Promise<void> {
    const { actor, row } = entered;
    const asked = (await reachedBy(work, row.id, agency.code)).filter(({ isToAsk }) => isToAsk);
    await this.gate.record(work, entered, {
      subject: { kind: 'workspace', id: row.id, title: row.title, marking: printed(row), owner: row.lead.name },
      reason,
      details: { agency: agency.code, items: asked.map(({ id }) => id), asked: asked.length },
    });
    // Carried out once this is done, to whoever may then still know of the case.
    await work.live({ kind: 'workspace', ids: { workspaceId: row.id } });
    await keepEnd(work, { workspaceId: row.id, agency, reason, title: row.title, by: actor });
    for (const exhibit of asked) await insertRecall(work, recallOf(exhibit, entered, agency));
    await endMember(work, row.id, agency.id);
  }

  private async refuse(work: Work, entered: Entered, { agencyId }: EndMembershipInput, why: Refusal): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { reason: why.code, details: { agency: agencyId } });
    return err(why);
  }
}

/**
 * Asks for the copies of one exhibit, in the name of the agency it is from, which reads it: why the part ended, and who ended it, is for the
 * agency that leads and the one that goes.
 */
function recallOf({ id, reference, title, seen, ...marked }: Reached, { actor, row }: Entered, agency: Leaving): NewRecall {
  return {
    id: randomUUID() as unknown as RecallId, itemId: id, agencyId: agency.id, byAgencyId: marked.originator.id, workspaceReference: row.reference, reference, title,
    marking: printed(marked), reason: ENDED, why: 'left', recalledBy: actor.personId, recalledByName: actor.agencyName, seen,
  };
}

/** What is in the way, by the names of exhibits that the actor sees. */
function notBefore(agency: string, unsettled: readonly Unsettled[]): Refusal {
  const named = (why: Unsettled['why']): string => unsettled.flatMap((one) => (one.why === why ? [`${one.reference} ${one.title}`] : [])).join(', ');
  const [held, offered] = [named('holds'), named('offered')];
  const parts = [
    ...(held === '' ? [] : [`${agency} holds ${held}. It must first pass to an agency that stays, by an offer that is accepted, or be returned.`]),
    ...(offered === '' ? [] : [`${agency} has been offered ${offered}. The offer must first be declined or withdrawn.`]),
  ];
  return refusal(RefusalCode.Conflict, parts.join(' '));
}

const ENDED = 'The agency takes no part in the investigation any more.';
const NO_MEMBER = refusal(RefusalCode.Conflict, 'This agency takes no part in the investigation, or not any more.');
