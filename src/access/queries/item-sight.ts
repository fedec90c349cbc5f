import { Injectable } from '@nestjs/common';
import { idOf, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { AuditorReading } from '../../ledger/index.js';
import type { ActContext } from '../../platform/index.js';
import { sightOnDay, type SightOnDay } from '../domain/sight-on-day.js';
import { findItemHistory } from '../store/item-history.store.js';

/** For auditors: who could have seen an item, and why. What it says is not shown. */
@Injectable()
export class ItemSight {
  constructor(private readonly reading: AuditorReading) {}

  /** @param itemId - attacker-controlled; undefined is the answer for what is not there and for who may not ask */
  async find(context: ActContext, itemId: string, from: Date, to: Date): Promise<Result<SightOnDay | undefined, Refusal>> {
    const id = idOf<'item'>(itemId);
    const look = { verb: 'ledger.read', subject: { kind: 'sight', id: itemId }, details: { from: from.toISOString(), to: to.toISOString() } } as const;
    const found = await this.reading.find(context, look, async (work) => {
      const history = id && (await findItemHistory(work, id, 'auditor'));
      return history && sightOnDay(history, from, to);
    });
    return found.ok ? ok(found.value) : found;
  }
}
