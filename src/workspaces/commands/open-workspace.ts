import { Injectable } from '@nestjs/common';
import { err, invalid, ok, RefusalCode, refusal, type ActorRef, type Refusal, type Result, type WorkspaceId } from '../../../libs/kernel/index.js';
import { checkMarking, printMarking, type Marking } from '../../../libs/policy/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { MarkingDraft } from '../domain/marking-draft.js';
import { newId } from '../domain/new-id.js';
import { freshReference } from '../store/case-prefix.store.js';
import { insertMember } from '../store/member.store.js';
import { keepStatedPurpose } from '../store/purpose.store.js';
import { insertWorkspace, type Business } from '../store/workspace.store.js';
import { CaseGate, type Listing } from './case-gate.js';

export interface OpenWorkspaceInput {
  readonly title: string;
  readonly summary: string;
  readonly business: Business;
  /** Why the case is worked on: what its lead agency's people read and write for. */
  readonly purpose: string;
  readonly marking: MarkingDraft;
}

/** Opens an investigation that the actor's agency leads. Nobody else sees it until an agency is invited. */
@Injectable()
export class OpenWorkspace {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly access: AccessFacts,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Runs `present` on what was opened within the same transaction. */
  execute<View>(
    context: ActContext,
    input: OpenWorkspaceInput,
    present: (work: Work, id: WorkspaceId) => Promise<View>,
  ): Promise<Result<View, Refusal>> {
    return this.units.run(context, async (work) => {
      const agencyKind = await this.access.agencyKind(work);
      const allowed = await this.gate.enterList(work, 'workspace.open', { agencyKind });
      if (!allowed.ok) return err(NOT_YOURS);
      const marking = markCase(input.marking, allowed.value.actor, work.at);
      if (!marking.ok) return marking;
      return ok(await present(work, await this.write(work, allowed.value, input, marking.value)));
    });
  }

  private async write(work: Work, { actor, policy }: Listing, input: OpenWorkspaceInput, marking: Marking): Promise<WorkspaceId> {
    const id: WorkspaceId = newId();
    const reference = await freshReference(work, actor.agencyId);
    const { title, summary, business, purpose } = input;
    const { tier, sensitive, descriptors, handling } = marking;
    await insertWorkspace(work, {
      id, reference, title, summary, business, purpose, tier, sensitive, descriptors: [...descriptors], handling: [...handling],
      leadAgencyId: actor.agencyId, createdBy: actor.personId, createdByName: actor.displayName,
    });
    await insertMember(work, {
      workspaceId: id, agencyId: actor.agencyId, basis: null, until: null, invitedBy: actor.personId, invitedByName: actor.displayName,
    });
    await this.ledger.append(work, {
      verb: 'workspace.open', outcome: 'done', workspaceId: id, workspaceReference: reference, purpose, policy,
      subject: { kind: 'workspace', id, title, marking: printMarking(marking), owner: actor.agencyName },
      details: { fields: ['title', 'summary', 'business', 'purpose', 'marking'] },
    });
    // Whoever opens it has just said what for.
    keepStatedPurpose(work, id, purpose);
    await work.live({ kind: 'workspace', ids: { workspaceId: id } });
    return id;
  }
}

/** An investigation has no list of recipients: agencies come to it by invitation, each under a clause. */
function markCase(draft: MarkingDraft, actor: ActorRef, at: Date): Result<Marking, Refusal> {
  if (draft.releasableTo) return err(BY_INVITATION);
  return checkMarking(draft, { originator: actor.agencyId, at });
}

const NOT_YOURS = refusal(RefusalCode.NotFound, 'You cannot open an investigation. An officer or manager of a council can.');

const BY_INVITATION = invalid([
  { field: 'input.marking.releasableTo', message: 'Leave this out: invite agencies once the investigation is open.' },
]);
