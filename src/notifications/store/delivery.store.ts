import type { AlertId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { Ground } from '../domain/ground.js';
import { ALERT_FACTS, joinGround, type AlertFacts } from './alert.store.js';

/** How far a delivery has come. `accepted` only when the other side said so. */
export type DeliveryState = 'queued' | 'handed-over' | 'accepted' | 'failed';

/** An e-mail delivery and its alert, locked until this transaction ends. */
export interface LockedDelivery extends AlertFacts, Ground {
  readonly deliveryId: string;
  readonly state: DeliveryState;
  readonly changedAt: Date;
  /** Whether the recipient's agency may still know of what the alert is about. */
  readonly entitled: boolean;
}

/** Locks the e-mail delivery of an alert. Undefined when there is none. */
export async function lockMailDelivery(work: Work, alertId: AlertId): Promise<LockedDelivery | undefined> {
  const [row] = await work.sql<LockedDelivery>(
    `SELECT ${ALERT_FACTS}, d.id AS "deliveryId", d.state, d.changed_at AS "changedAt",
            law.agency_may_see_item(al.agency_id, al.item_id) AS entitled,
            ground.reference AS agreement, ground.code AS clause, ground.purpose
       FROM delivery d JOIN alert al ON al.id = d.alert_id JOIN duty_post p ON p.id = al.duty_post_id
       ${joinGround('al.workspace_id', 'al.agency_id', '$2')}
      WHERE d.alert_id = $1 AND d.channel = 'email' FOR UPDATE OF d`,
    [alertId, work.at],
  );
  return row;
}

/** Records that the message is being given to the mail server now. */
export async function markHandedOver(work: Work, deliveryId: string): Promise<void> {
  await work.sql(`UPDATE delivery SET state = 'handed-over', attempts = attempts + 1, changed_at = $2 WHERE id = $1`, [deliveryId, work.at]);
}

/** Records how an attempt ended. Only what was handed over can end: a late word about an earlier attempt changes nothing. */
export async function endAttempt(work: Work, deliveryId: string, state: Exclude<DeliveryState, 'handed-over'>, error: string | null): Promise<void> {
  await work.sql(
    `UPDATE delivery SET state = $2, last_error = $3, changed_at = $4 WHERE id = $1 AND state IN ('queued', 'handed-over')`,
    [deliveryId, state, error, work.at],
  );
}
