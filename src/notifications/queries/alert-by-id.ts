import { Injectable } from '@nestjs/common';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { AlertView } from '../api/alert.views.js';
import { AlertGate } from '../commands/alert-gate.js';
import { presentAlert } from './alert-rows.js';

/** One alert of the reader's agency. */
@Injectable()
export class AlertById {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: AlertGate,
  ) {}

  /** Null for whatever this reader may not see, there or not. The read is recorded, the refusal too. */
  read(context: ActContext, id: string): Promise<AlertView | null> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'alert.read', id);
      if (!entered.ok) return null;
      await this.gate.record(work, entered.value, 'done');
      return presentAlert(entered.value.row, entered.value.actor, work.at);
    });
  }
}
