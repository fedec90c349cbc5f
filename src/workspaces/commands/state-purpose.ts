import { Injectable } from '@nestjs/common';
import { err, invalid, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { groundsFor, purposesFor } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { printed } from '../domain/printed-marking.js';
import { membersOf, type MemberRow } from '../store/member.store.js';
import { keepStatedPurpose } from '../store/purpose.store.js';
import { CaseGate, type Entered } from './case-gate.js';

/** What is said, and of which investigation. Attacker-controlled. */
export interface StatePurposeInput {
  readonly workspaceId: string;
  readonly purpose: string;
}

/** A purpose as it was kept. */
export interface PurposeKept {
  readonly workspaceId: string;
  readonly purpose: string;
  readonly statedAt: Date;
}

/** A reader says what she reads an investigation for. It holds for what her session reads there from now on, until she states another. */
@Injectable()
export class StatePurpose {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  execute(context: ActContext, { workspaceId, purpose }: StatePurposeInput): Promise<Result<PurposeKept, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'purpose.state', workspaceId);
      if (!entered.ok) return entered;
      const { row } = entered.value;
      const subject = { kind: 'workspace', id: row.id, title: row.title, marking: printed(row), owner: row.lead.name };
      if (!(await purposesOpenTo(work, entered.value)).includes(purpose)) {
        await this.gate.recordRefusal(work, entered.value, { subject, reason: 'no-such-purpose' });
        return err(NOT_ONE_OF_THEM);
      }
      keepStatedPurpose(work, row.id, purpose);
      await this.gate.record(work, entered.value, { subject, purpose });
      return ok({ workspaceId: row.id, purpose, statedAt: work.at });
    });
  }
}

/** The purposes this actor may state for an investigation she sees. */
export async function purposesOpenTo(work: Work, entered: Entered, members?: readonly MemberRow[]): Promise<readonly string[]> {
  const { actor, row, facts } = entered;
  if (facts.workspace === undefined) return [];
  const grounds = groundsFor(actor.agencyId, facts.workspace, work.at);
  const isLead = grounds.some(({ kind }) => kind === 'lead');
  const others = isLead ? (members ?? (await membersOf(work, row.id))) : [];
  return purposesFor(grounds, { purpose: row.purpose, members: others.flatMap(({ purpose }) => purpose ?? []) }, work.at);
}

const NOT_ONE_OF_THEM = invalid([{ field: 'input.purpose', message: 'Purpose: Choose one of those offered. They follow from the agreements of this investigation.' }]);
