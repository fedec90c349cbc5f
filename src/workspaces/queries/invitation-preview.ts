import { Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide, type Facts } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { InvitationPreviewView } from '../api/preview.views.js';
import { CaseGate, type Entered } from '../commands/case-gate.js';
import { foreseen, type Foreseen } from '../domain/foresight.js';
import { printed, printedTogether } from '../domain/printed-marking.js';
import { findAgency, findClause } from '../store/invitation.store.js';
import { alikeItems, newestItems } from '../store/preview.store.js';
import { markingOfRow } from '../store/rows.js';

/** Who would be invited to what, under which clause. Attacker-controlled. */
export interface ProposedInvitation {
  readonly workspaceId: string;
  readonly agencyId: string;
  readonly clauseId: string;
}

/** Items named by title. Of what lies behind them only the number is told. */
const NAMED = 500;

/** Before an agency is invited: what it would gain sight of, and what of the actor's own sight it would not see. */
@Injectable()
export class InvitationPreview {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  /** Not found for whoever may not invite it so, as for what does not exist. */
  find(context: ActContext, proposed: ProposedInvitation): Promise<Result<InvitationPreviewView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterToRead(work, 'workspace.read', proposed.workspaceId);
      if (!entered.ok) return entered;
      const invited = await invitedBy(work, entered.value, proposed);
      if (!invited) {
        await this.gate.recordRefusal(work, entered.value, { reason: 'member.invite', details: { agency: proposed.agencyId, clause: proposed.clauseId } });
        return err(NOT_FOUND);
      }
      const { row } = entered.value;
      const alike = await alikeItems(work, row.id);
      const named = await newestItems(work, row.id, NAMED);
      const gains = named.filter((item) => foreseen(invited, markingOfRow(item)) === 'gains');
      await this.gate.record(work, { ...entered.value, verb: 'item.read' }, {
        subject: { kind: 'workspace', id: row.id, title: row.title, marking: printedTogether(row, gains), owner: row.lead.name },
        details: { items: gains.map(({ id }) => id), count: gains.length, agency: proposed.agencyId },
      });
      const counted = (what: Foreseen): number => alike.reduce((sum, one) => sum + (foreseen(invited, markingOfRow(one)) === what ? one.count : 0), 0);
      return ok({
        items: gains.map((item) => ({ id: item.id, kind: item.kind, title: item.title, marking: printed(item) })),
        gains: counted('gains'), aboveCeiling: counted('above-ceiling'), keptToOthers: counted('not-releasable'),
      });
    });
  }
}

/** The facts with the invitation, where the actor may invite so. */
async function invitedBy(work: Work, { actor, facts }: Entered, { agencyId, clauseId }: ProposedInvitation): Promise<Facts | undefined> {
  const [known, named] = [idOf<'agency'>(agencyId), idOf<'clause'>(clauseId)];
  const agency = known && (await findAgency(work, known));
  const basis = named && (await findClause(work, named));
  const proposed = agency && basis && { ...facts, invitation: { agencyId: agency.id, ...basis } };
  return proposed && decide(actor, 'member.invite', proposed).effect === 'permit' ? proposed : undefined;
}
