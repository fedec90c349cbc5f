import { Injectable } from '@nestjs/common';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { RecordItemView } from '../api/item.views.js';
import { CaseGate } from '../commands/case-gate.js';
import { printed } from '../domain/printed-marking.js';
import { findRecord } from '../store/record.store.js';
import { presentRecord } from './present-item.js';

/** One record with every version its reader may receive. */
@Injectable()
export class RecordReading {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  /** Null for what is hidden, absent, or no record. */
  find(context: ActContext, id: string): Promise<RecordItemView | null> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterItem(work, 'record.read', id);
      if (!entered.ok) return null;
      const record = await findRecord(work, entered.value.actor.agencyId, entered.value.item.id);
      if (record === undefined) return null;
      await this.gate.record(work, entered.value, {
        subject: { kind: 'record', id: record.id, title: record.title, marking: printed(record), owner: record.originator.name },
        details: { items: [record.id], version: record.version, versions: record.versions.map(({ version }) => version) },
      });
      return presentRecord(record);
    });
  }
}
