import { Injectable } from '@nestjs/common';
import {
  err, idOf, invalid, ok, refusal, RefusalCode, type AgreementId, type FieldFault, type Refusal, type Result,
} from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { printed } from '../domain/printed-marking.js';
import { findAgency, findClause, type FoundClause } from '../store/invitation.store.js';
import { insertMember, isMemberAlready, lockInvitations, membersOf, type MemberRow } from '../store/member.store.js';
import type { AgencyRow } from '../store/rows.js';
import { CaseGate, type Entered } from './case-gate.js';

export interface InviteAgencyInput {
  readonly workspaceId: string;
  readonly agencyId: string;
  readonly clauseId: string;
  /** Null: as long as the agreement lasts. */
  readonly until: Date | null;
}

/** What is being disclosed to whom, under what. */
interface Invitation {
  readonly agency: AgencyRow;
  readonly basis: FoundClause;
  readonly until: Date | null;
}

/** Discloses an investigation to another agency, under a clause of a live agreement that binds both. */
@Injectable()
export class InviteAgency {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  execute(context: ActContext, input: InviteAgencyInput): Promise<Result<MemberRow, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'member.invite', input.workspaceId);
      if (!entered.ok) return entered;
      const invitation = await findInvitation(work, input);
      if (!invitation.ok) return this.refuse(work, entered.value, input, invitation.error);
      const { agency, basis } = invitation.value;
      const agencyId = agency.id;
      await lockInvitations(work, entered.value.row.id);
      if (await isMemberAlready(work, entered.value.row.id, agencyId)) return this.refuse(work, entered.value, input, ALREADY);
      const citing = await this.gate.allow(work, entered.value, { invitation: { agencyId, ...basis } }, NOT_UNDER_CLAUSE);
      if (!citing.ok) return citing;
      return ok(await this.write(work, entered.value, invitation.value, citing.value));
    });
  }

  /** Trying to disclose a case is an act, also when it comes to nothing. */
  private async refuse(work: Work, entered: Entered, { agencyId, clauseId }: InviteAgencyInput, why: Refusal): Promise<Result<never, Refusal>> {
    await this.gate.recordRefusal(work, entered, { reason: why.code, details: { agency: agencyId, clause: clauseId } });
    return err(why);
  }

  private async write(work: Work, entered: Entered, { agency, basis, until }: Invitation, citing: Entered['citing']): Promise<MemberRow> {
    const { actor, row } = entered;
    await insertMember(work, {
      workspaceId: row.id,
      agencyId: agency.id,
      basis: { agreementId: basis.agreement.id satisfies AgreementId, clauseId: basis.clauseId, purpose: basis.clause.purpose },
      until,
      invitedBy: actor.personId,
      invitedByName: actor.displayName,
    });
    await this.gate.record(work, entered, {
      ...citing,
      subject: { kind: 'workspace', id: row.id, title: row.title, marking: printed(row), owner: row.lead.name },
      recipients: [agency.name],
      details: { agency: agency.code, until: until?.toISOString() ?? null },
    });
    await work.live({ kind: 'workspace', ids: { workspaceId: row.id } });
    const member = (await membersOf(work, row.id)).find((known) => known.agency.id === agency.id);
    if (member === undefined) throw new Error('The agency just invited is not a member');
    return member;
  }
}

async function findInvitation(work: Work, input: InviteAgencyInput): Promise<Result<Invitation, Refusal>> {
  const agencyId = idOf<'agency'>(input.agencyId);
  const clauseId = idOf<'clause'>(input.clauseId);
  const agency = agencyId && (await findAgency(work, agencyId));
  const basis = clauseId && (await findClause(work, clauseId));
  if (agency === undefined) return err(invalid([NO_AGENCY]));
  if (basis === undefined) return err(invalid([NO_CLAUSE]));
  if (input.until !== null && (input.until <= work.at || input.until > basis.agreement.validTo)) return err(invalid([UNTIL]));
  return ok({ agency, basis, until: input.until });
}

const NO_AGENCY: FieldFault = { field: 'input.agencyId', message: 'Choose an agency.' };
const NO_CLAUSE: FieldFault = { field: 'input.clauseId', message: 'Choose a clause of an agreement that your agency is a party to.' };
const UNTIL: FieldFault = { field: 'input.until', message: 'Choose a time from now on that is not after the end of the agreement.' };

const NOT_UNDER_CLAUSE = invalid([
  {
    field: 'input.clauseId',
    message: 'This clause does not cover it: the agreement must be live, bind both agencies and reach the marking of this investigation.',
  },
]);

const ALREADY = refusal(RefusalCode.Conflict, 'This agency takes part in the investigation already.');
