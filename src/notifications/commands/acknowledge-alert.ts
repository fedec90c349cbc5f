import { Injectable } from '@nestjs/common';
import { err, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { AlertView } from '../api/alert.views.js';
import { findAlert, presentAlert } from '../queries/alert-rows.js';
import { AlertGate, type EnteredAlert } from './alert-gate.js';

/** A duty officer takes an alert of her own agency on. The first who does so is named; a second is told who it was. */
@Injectable()
export class AcknowledgeAlert {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: AlertGate,
  ) {}

  /** Returns the alert as it is then; again for the same officer, so that a doubled click is no fault. */
  execute(context: ActContext, id: string): Promise<Result<AlertView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'alert.acknowledge', id);
      if (!entered.ok) return entered;
      const first = await acknowledge(work, entered.value);
      if (first) return ok(await this.done(work, entered.value));
      return this.tooLate(work, entered.value);
    });
  }

  private async done(work: Work, entered: EnteredAlert): Promise<AlertView> {
    const { actor, row } = entered;
    await this.gate.record(work, entered, 'done');
    await work.live({ kind: 'alert', ids: { alertId: row.id, agencyId: actor.agencyId, workspaceId: row.workspaceId } });
    return present(work, entered);
  }

  private async tooLate(work: Work, entered: EnteredAlert): Promise<Result<AlertView, Refusal>> {
    const [holder] = await work.sql<{ id: string; name: string }>(
      'SELECT acknowledged_by AS id, acknowledged_by_name AS name FROM alert WHERE id = $1',
      [entered.row.id],
    );
    if (holder?.id === entered.actor.personId) return ok(await present(work, entered));
    await this.gate.record(work, entered, 'refused', 'already acknowledged');
    return err(refusal(RefusalCode.Conflict, `${holder?.name ?? 'Somebody'} of your agency has already acknowledged this alert.`));
  }
}

/** False when somebody else was first: the row lock makes two at the same moment take turns. */
async function acknowledge(work: Work, { actor, row }: EnteredAlert): Promise<boolean> {
  const changed = await work.sql(
    `UPDATE alert SET acknowledged_at = $2, acknowledged_by = $3, acknowledged_by_name = $4
      WHERE id = $1 AND agency_id = $5 AND acknowledged_at IS NULL RETURNING id`,
    [row.id, work.at, actor.personId, actor.displayName, actor.agencyId],
  );
  if (changed.length === 0) return false;
  await work.sql(`UPDATE delivery SET state = 'accepted', changed_at = $2 WHERE alert_id = $1 AND channel = 'portal'`, [row.id, work.at]);
  return true;
}

async function present(work: Work, { actor, row }: EnteredAlert): Promise<AlertView> {
  const now = await findAlert(work, actor.agencyId, row.id);
  return presentAlert(now ?? row, actor, work.at);
}
