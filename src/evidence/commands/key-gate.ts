import { Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, ok, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide, type Verb } from '../../../libs/policy/index.js';
import { LedgerIntake, type EntryDraft } from '../../ledger/index.js';
import type { Work } from '../../platform/index.js';
import type { KeyChange } from '../domain/agency-key.js';
import { lockChange } from '../store/key-rows.js';

type KeyVerb = Extract<Verb, `key.${string}`>;

/** Somebody who was let at her agency's keys. */
export interface EnteredKeys {
  readonly actor: ActorRef;
  readonly verb: KeyVerb;
  readonly policy: string;
}

/** The same, for one change that was proposed. */
export interface EnteredChange extends EnteredKeys {
  readonly change: KeyChange;
}

/** The one way to agencies' keys. Forbidden and absent are one answer; both are recorded. */
@Injectable()
export class KeyGate {
  constructor(private readonly ledger: LedgerIntake) {}

  async enter(work: Work, verb: KeyVerb): Promise<Result<EnteredKeys, Refusal>> {
    const { actor } = work.context;
    if (!actor) return err(NOT_FOUND);
    const decision = decide(actor, verb, { at: work.at });
    if (decision.effect === 'permit') return ok({ actor, verb, policy: policyOf(decision) });
    await this.ledger.append(work, { verb, outcome: 'refused', policy: policyOf(decision) });
    return err(NOT_FOUND);
  }

  /** Lets the actor at a change and holds it. `id` is attacker-controlled. */
  async enterChange(work: Work, verb: KeyVerb, id: string): Promise<Result<EnteredChange, Refusal>> {
    const { actor } = work.context;
    if (!actor) return err(NOT_FOUND);
    const known = idOf<'key-change'>(id);
    const change = known && (await lockChange(work, known));
    const decision = decide(actor, verb, { at: work.at, ownerAgencyId: change?.agencyId, proposedBy: change?.proposedBy });
    if (change && decision.effect === 'permit') return ok({ actor, verb, change, policy: policyOf(decision) });
    await this.ledger.append(work, { verb, outcome: 'refused', subject: { kind: 'key-change', id }, policy: policyOf(decision) });
    return err(NOT_FOUND);
  }

  async record(work: Work, { verb, policy }: EnteredKeys, said: Omit<EntryDraft, 'verb' | 'policy'>): Promise<void> {
    await this.ledger.append(work, { verb, policy, ...said });
  }
}

function policyOf({ reasons }: ReturnType<typeof decide>): string {
  return reasons.join(' ');
}
