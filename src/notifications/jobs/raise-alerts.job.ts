import { Injectable } from '@nestjs/common';
import { alertRaised, breachRaised, draftOf, type BreachRaised } from '../../../libs/contracts/index.js';
import type { EventId } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import type { Work } from '../../platform/index.js';
import { EventHandler, type DeliveredEvent, type InwardHandler } from '../../platform/queue/index.js';
import { citing } from '../domain/ground.js';
import { insertAlert, recipientsOf, type RaisedAlert, type Recipient } from '../store/alert.store.js';

/** Turns a breach into one alert per duty post that may know of it. Telling an agency is a disclosure, and recorded as one. */
@Injectable()
@EventHandler(breachRaised, 'raise-alerts')
export class RaiseAlerts implements InwardHandler<BreachRaised> {
  constructor(private readonly ledger: LedgerIntake) {}

  async handle({ id, payload }: DeliveredEvent<BreachRaised>, work: Work): Promise<void> {
    for (const recipient of await recipientsOf(work, payload)) {
      const alert = await insertAlert(work, id, payload, recipient);
      if (alert) await this.announce(work, { id, payload }, recipient, alert);
    }
  }

  private async announce(work: Work, breach: { id: EventId; payload: BreachRaised }, to: Recipient, alert: RaisedAlert): Promise<void> {
    const { workspaceId, itemId, urgency, ruleId, ruleVersion } = breach.payload;
    await this.ledger.append(work, {
      verb: 'alert.raise',
      outcome: 'done',
      workspaceId,
      subject: { kind: 'finding', id: itemId },
      ...citing(to),
      recipients: [`${to.postName}, ${to.agencyName}`],
      details: { alert: alert.id, reference: alert.reference, event: breach.id, urgency, rule: ruleId, ruleVersion, items: [itemId] },
    });
    await work.live({ kind: 'alert', ids: { alertId: alert.id, agencyId: to.agencyId, workspaceId } });
    await work.emit(draftOf(alertRaised, { alertId: alert.id }));
  }
}
