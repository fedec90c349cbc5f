import { Inject, Injectable } from '@nestjs/common';
import { alertRaised, type AlertRaised } from '../../../libs/contracts/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { CONFIG, type Config, type Work } from '../../platform/index.js';
import {
  EventHandler,
  TransientFailure,
  type DeliveredEvent,
  type JobFailure,
  type OutwardHandler,
} from '../../platform/queue/index.js';
import { alertMail, type AlertMail } from '../domain/alert-mail.js';
import { citing } from '../domain/ground.js';
import { endAttempt, lockMailDelivery, markHandedOver, type LockedDelivery } from '../store/delivery.store.js';
import { LONGEST_SEND_MS, MailSender } from './mail-sender.js';

/** Longer than any attempt can take: whoever has not said how it ended by then is gone. */
const IN_HAND_MS = LONGEST_SEND_MS + 10_000;
const IN_HAND = 'in-hand';

type Event = DeliveredEvent<AlertRaised>;

interface Plan {
  readonly to: string;
  readonly mail: AlertMail;
}

/** Tells a duty post by e-mail that there is an alert. Whether it may be told is asked again at the moment of sending. */
@Injectable()
@EventHandler(alertRaised, 'send-e-mail')
export class SendEMail implements OutwardHandler<AlertRaised, Plan, true> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly ledger: LedgerIntake,
    private readonly sender: MailSender,
  ) {}

  async prepare({ payload }: Event, work: Work): Promise<Plan | undefined> {
    const delivery = await lockMailDelivery(work, payload.alertId);
    if (!delivery || delivery.state === 'accepted') return undefined;
    if (!delivery.entitled) return this.end(work, delivery, 'failed', 'no-longer-entitled');
    const inHand = delivery.state === 'handed-over' && work.at.getTime() - delivery.changedAt.getTime() < IN_HAND_MS;
    if (inHand) throw new TransientFailure(IN_HAND);
    await markHandedOver(work, delivery.deliveryId);
    return { to: delivery.postEmail, mail: alertMail({ ...delivery, alertId: delivery.id, baseUrl: this.config.baseUrl }) };
  }

  async perform({ to, mail }: Plan): Promise<true> {
    await this.sender.send(to, mail);
    return true;
  }

  async settle({ payload }: Event, _: true, work: Work): Promise<void> {
    const delivery = await lockMailDelivery(work, payload.alertId);
    if (delivery) await this.end(work, delivery, 'accepted', null);
  }

  async postpone({ payload }: Event, { code }: JobFailure, work: Work): Promise<void> {
    if (code === IN_HAND) return;
    const delivery = await lockMailDelivery(work, payload.alertId);
    if (delivery) await endAttempt(work, delivery.deliveryId, 'queued', code);
  }

  async giveUp({ payload }: Event, { code }: JobFailure, work: Work): Promise<void> {
    const delivery = await lockMailDelivery(work, payload.alertId);
    if (delivery && delivery.state !== 'accepted') await this.end(work, delivery, 'failed', code);
  }

  private async end(work: Work, delivery: LockedDelivery, state: 'accepted' | 'failed', reason: string | null): Promise<undefined> {
    const { id, reference, workspaceId, itemId, agencyId, postName, deliveryId } = delivery;
    await endAttempt(work, deliveryId, state, reason);
    await this.ledger.append(work, {
      verb: 'alert.send',
      outcome: state === 'accepted' ? 'done' : 'refused',
      workspaceId,
      subject: { kind: 'finding', id: itemId },
      ...(delivery.entitled && citing(delivery)),
      recipients: [postName],
      ...(reason !== null && { reason }),
      details: { alert: id, reference, delivery: deliveryId, channel: 'email', items: [itemId] },
    });
    await work.live({ kind: 'alert', ids: { alertId: id, agencyId, workspaceId } });
    return undefined;
  }
}
