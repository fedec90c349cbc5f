import { Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide, type UnusualUseFacts, type Verb } from '../../../libs/policy/index.js';
import { LedgerIntake, WriteGate, type EntryDraft } from '../../ledger/index.js';
import type { Work } from '../../platform/index.js';
import { findUse, type SideRow, type UnusualUseRow } from '../store/unusual-use-rows.js';

type UseVerb = Extract<Verb, `unusual-use.${string}`>;

/** Somebody who was let at one of them. */
export interface EnteredUse {
  readonly actor: ActorRef;
  readonly row: UnusualUseRow;
  readonly entry: Pick<EntryDraft, 'verb' | 'workspaceId' | 'workspaceReference' | 'subject' | 'policy'>;
}

/** The one way to a read that wants an explanation. Forbidden and absent are one answer; both are recorded. */
@Injectable()
export class UnusualUseGate {
  constructor(
    private readonly ledger: LedgerIntake,
    private readonly writing: WriteGate,
  ) {}

  /** Lets the actor at one. `id` is attacker-controlled. */
  async enter(work: Work, verb: UseVerb, id: string): Promise<Result<EnteredUse, Refusal>> {
    const { actor } = work.context;
    if (!actor) return err(NOT_FOUND);
    const known = idOf<'unusual-use'>(id);
    const row = known && (await findUse(work, known));
    const decision = decide(actor, verb, { at: work.at, unusualUse: row && factsOf(row, actor) });
    const policy = decision.reasons.join(' ');
    if (row && decision.effect === 'permit') {
      const entered: EnteredUse = { actor, row, entry: entryOf(verb, row, policy) };
      return this.writing.letIn(work, verb, entered, (reason) => this.record(work, entered, 'refused', reason));
    }
    await this.ledger.append(work, { verb, outcome: 'refused', subject: { kind: 'unusual-use', id }, policy });
    return err(NOT_FOUND);
  }

  async record(work: Work, { entry }: EnteredUse, outcome: EntryDraft['outcome'], reason?: string): Promise<void> {
    await this.ledger.append(work, { ...entry, outcome, ...(reason !== undefined && { reason }) });
  }
}

/** The side of the actor's own agency; undefined for an auditor of another. */
export function ownSide({ sides }: UnusualUseRow, { agencyId }: ActorRef): SideRow | undefined {
  return sides.find(({ agency }) => agency.id === agencyId);
}

/** What the policy is told. */
export function factsOf(row: UnusualUseRow, actor: ActorRef): UnusualUseFacts {
  return { agencies: row.agencies, readerId: row.personId, assigneeId: ownSide(row, actor)?.assigneeId ?? null };
}

function entryOf(verb: UseVerb, { id, workspaceId, workspaceReference }: UnusualUseRow, policy: string): EnteredUse['entry'] {
  return {
    verb,
    ...(workspaceId !== null && { workspaceId }),
    ...(workspaceReference !== null && { workspaceReference }),
    subject: { kind: 'unusual-use', id },
    policy,
  };
}
