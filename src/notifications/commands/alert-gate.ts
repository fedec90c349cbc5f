import { Injectable } from '@nestjs/common';
import { err, idOf, NOT_FOUND, type ActorRef, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide, type Verb } from '../../../libs/policy/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake, WriteGate, type EntryDraft } from '../../ledger/index.js';
import type { Work } from '../../platform/index.js';
import { findAlert, type AlertRow } from '../queries/alert-rows.js';

type AlertVerb = Extract<Verb, 'alert.read' | 'alert.acknowledge'>;

/** An alert somebody was let at, and how the ledger is to cite it. */
export interface EnteredAlert {
  readonly actor: ActorRef;
  readonly row: AlertRow;
  readonly entry: Pick<EntryDraft, 'verb' | 'workspaceId' | 'workspaceReference' | 'subject' | 'agreement' | 'clause' | 'purpose' | 'policy'>;
}

/** The one way to an alert: facts, decision and, where the answer is no, its record. Forbidden and absent are one answer. */
@Injectable()
export class AlertGate {
  constructor(
    private readonly access: AccessFacts,
    private readonly ledger: LedgerIntake,
    private readonly writing: WriteGate,
  ) {}

  /** Lets the actor at one alert. `id` is attacker-controlled. */
  async enter(work: Work, verb: AlertVerb, id: string): Promise<Result<EnteredAlert, Refusal>> {
    const { actor } = work.context;
    if (!actor) return err(NOT_FOUND);
    const alertId = idOf<'alert'>(id);
    const row = alertId && (await findAlert(work, actor.agencyId, alertId));
    const facts = row && (await this.access.item(work, row.findingId as ItemId));
    const decision = decide(actor, verb, { at: work.at, ...facts, ...(row && { ownerAgencyId: actor.agencyId }) });
    if (row && facts && decision.effect === 'permit') {
      const entered: EnteredAlert = { actor, row, entry: entryOf(verb, row, actor, decision) };
      return this.writing.letIn(work, verb, entered, (reason) => this.record(work, entered, 'refused', reason));
    }
    const policy = decision.reasons.join(' ');
    await this.ledger.append(work, { verb, outcome: 'refused', subject: { kind: 'alert', id }, policy });
    return err(NOT_FOUND);
  }

  /** Records an act on an alert that was let through, with how it ended. */
  async record(work: Work, { entry, row }: EnteredAlert, outcome: EntryDraft['outcome'], reason?: string): Promise<void> {
    const details = { items: [row.findingId], reference: row.reference, count: 1 };
    await this.ledger.append(work, { ...entry, outcome, details, ...(reason !== undefined && { reason }) });
  }
}

function entryOf(verb: AlertVerb, row: AlertRow, actor: ActorRef, { obligations, reasons }: ReturnType<typeof decide>): EnteredAlert['entry'] {
  const cite = obligations.find((obligation) => obligation.kind === 'cite');
  const mark = obligations.find((obligation) => obligation.kind === 'mark');
  return {
    verb,
    policy: reasons.join(' '),
    workspaceId: row.workspaceId as NonNullable<EntryDraft['workspaceId']>,
    workspaceReference: row.workspaceReference,
    subject: { kind: 'alert', id: row.id, title: row.findingTitle, owner: actor.agencyName, ...(mark && { marking: mark.marking }) },
    ...(cite && { agreement: cite.agreement, clause: cite.clause, purpose: cite.purpose }),
  };
}
