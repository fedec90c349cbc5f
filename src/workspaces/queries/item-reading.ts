import { Injectable } from '@nestjs/common';
import { ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { ItemView } from '../api/item.views.js';
import { CaseGate } from '../commands/case-gate.js';
import { printed } from '../domain/printed-marking.js';
import { findItem } from '../store/item-view.store.js';
import { presentItem } from './present-item.js';

/** One item, as its investigation's record shows it. */
@Injectable()
export class ItemReading {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: CaseGate,
  ) {}

  /** Not found for what is hidden or absent. */
  find(context: ActContext, id: string): Promise<Result<ItemView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enterItemToRead(work, 'item.read', id);
      if (!entered.ok) return entered;
      const row = await findItem(work, entered.value.actor.agencyId, entered.value.item.id);
      await this.gate.record(work, entered.value, {
        subject: { kind: row.kind, id: row.id, title: row.title, marking: printed(row), owner: row.agency.name },
        details: { items: [row.id], count: 1 },
      });
      return ok(presentItem(row));
    });
  }
}
