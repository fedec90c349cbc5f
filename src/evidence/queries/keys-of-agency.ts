import { Injectable } from '@nestjs/common';
import type { ActorRef } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { KeyGate } from '../commands/key-gate.js';
import type { KeyChange, ListedKey } from '../domain/agency-key.js';
import { listChanges, listKeys } from '../store/key-rows.js';

/** What one reader is shown of agencies' keys. */
export interface KeysSeen {
  readonly actor: ActorRef;
  readonly at: Date;
  readonly keys: readonly ListedKey[];
  readonly changes: readonly KeyChange[];
}

/** The keys agencies receive evidence under: to an auditor every agency's, to an administrator and a manager their own. */
@Injectable()
export class KeysOfAgency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: KeyGate,
  ) {}

  /** Undefined for whoever may not look; that is recorded as a refusal. */
  execute(context: ActContext): Promise<KeysSeen | undefined> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'key.list');
      if (!entered.ok) return undefined;
      const { actor } = entered.value;
      const keys = await listKeys(work, actor.roles.includes('auditor') ? undefined : actor.agencyId);
      await this.gate.record(work, entered.value, { outcome: 'done', details: { count: keys.length } });
      return { actor, at: work.at, keys, changes: await listChanges(work) };
    });
  }
}
