import { Injectable } from '@nestjs/common';
import { EnvelopeFault, readRecipientKey } from '../../../libs/envelope/index.js';
import { err, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { RewrapPackets } from '../jobs/rewrap-packets.js';
import { AgencyKeys } from '../store/agency-keys.js';
import type { KeyChangeId, KeyChange } from '../domain/agency-key.js';
import { isKeyKnown, retireInUse, revokeKey, settleChange } from '../store/key-rows.js';
import { KeyGate, type EnteredChange } from './key-gate.js';

/** The second of the two people that a change of an agency's keys takes, or whoever takes it back. */
@Injectable()
export class SettleKeyChange {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: KeyGate,
    private readonly keys: AgencyKeys,
    private readonly rewraps: RewrapPackets,
  ) {}

  /** Takes the change into effect: for everything sealed from now on at once, for what is sealed already in the background. */
  async approve(context: ActContext, id: string): Promise<Result<KeyChangeId, Refusal>> {
    const approved = await this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterChange(work, 'key.approve', id);
      if (!entered.ok) return entered;
      const { change } = entered.value;
      const refused = change.state === 'waiting' ? await this.apply(work, change) : SETTLED;
      if (refused) return this.refuse(work, entered.value, refused);
      return this.settle(work, entered.value, 'done');
    });
    if (approved.ok) void this.rewraps.run();
    return approved;
  }

  withdraw(context: ActContext, id: string): Promise<Result<KeyChangeId, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterChange(work, 'key.withdraw', id);
      if (!entered.ok) return entered;
      if (entered.value.change.state !== 'waiting') return this.refuse(work, entered.value, SETTLED);
      return this.settle(work, entered.value, 'withdrawn');
    });
  }

  /** Why it cannot be done, or undefined once it has been. A key may have expired since it was proposed. */
  private async apply(work: Work, { agencyId, kind, fingerprint, publicKey }: KeyChange): Promise<Refusal | undefined> {
    if (kind === 'revoke') {
      await revokeKey(work, agencyId, fingerprint ?? '');
      return undefined;
    }
    if (kind === 'renew') {
      await retireInUse(work, agencyId);
      await this.keys.make(work, agencyId);
      return undefined;
    }
    try {
      const key = await readRecipientKey(publicKey ?? new Uint8Array(), work.at);
      if (await isKeyKnown(work, key.fingerprint)) return KNOWN;
      await retireInUse(work, agencyId);
      await this.keys.register(work, agencyId, key);
      return undefined;
    } catch (fault) {
      if (fault instanceof EnvelopeFault) return refusal(RefusalCode.Conflict, `${fault.message} Withdraw the change and propose another key.`);
      throw fault;
    }
  }

  private async settle(work: Work, entered: EnteredChange, state: 'done' | 'withdrawn'): Promise<Result<KeyChangeId, Refusal>> {
    const { actor, change } = entered;
    await settleChange(work, change.id, state, { id: actor.personId, name: actor.displayName });
    const details = { change: change.kind, key: change.fingerprint, proposedBy: change.proposedByName };
    await this.gate.record(work, entered, { outcome: 'done', subject: { kind: 'key-change', id: change.id }, details });
    return ok(change.id);
  }

  private async refuse(work: Work, entered: EnteredChange, refused: Refusal): Promise<Result<KeyChangeId, Refusal>> {
    await this.gate.record(work, entered, { outcome: 'refused', subject: { kind: 'key-change', id: entered.change.id }, reason: refused.message });
    return err(refused);
  }
}

const SETTLED = refusal(RefusalCode.Conflict, 'This change was approved or withdrawn meanwhile.');
const KNOWN = refusal(RefusalCode.Conflict, 'This key has been registered meanwhile. Withdraw the change.');
