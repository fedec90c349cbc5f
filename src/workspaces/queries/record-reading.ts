import { Injectable } from '@nestjs/common';
import { err, NOT_FOUND, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
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

  /** Not found for what is hidden, absent, or no record. */
  find(context: ActContext, id: string): Promise<Result<RecordItemView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterItemToRead(work, 'record.read', id);
      if (!entered.ok) return entered;
      const record = await findRecord(work, entered.value.actor.agencyId, entered.value.item.id);
      if (record === undefined) return err(NOT_FOUND);
      await this.gate.record(work, entered.value, {
        subject: { kind: 'record', id: record.id, title: record.title, marking: printed(record), owner: record.originator.name },
        details: { items: [record.id], version: record.version, versions: record.versions.map(({ version }) => version) },
      });
      return ok(presentRecord(record));
    });
  }
}
