import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EnvelopeFault, readRecipientKey, type RecipientKey } from '../../../libs/envelope/index.js';
import { err, invalid, ok, refusal, RefusalCode, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { KeyChangeId, KeyChangeKind } from '../domain/agency-key.js';
import { findKey, insertChange, isChangeWaiting, isKeyKnown } from '../store/key-rows.js';
import { KeyGate } from './key-gate.js';

/** What somebody asks for; texts cleaned at the edge. */
export interface ProposedKeyChange {
  readonly change: KeyChangeKind;
  /** For `register`: an OpenPGP public key as armoured text (attacker-controlled). */
  readonly publicKey: string | null;
  /** For `revoke`: which. */
  readonly fingerprint: string | null;
  readonly reason: string;
}

type Named = { readonly fingerprint: string | null; readonly key: RecipientKey | undefined };

/** The first of the two people that a change of an agency's keys takes. Nothing changes yet. */
@Injectable()
export class ProposeKeyChange {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: KeyGate,
  ) {}

  execute(context: ActContext, proposed: ProposedKeyChange): Promise<Result<KeyChangeId, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'key.propose');
      if (!entered.ok) return entered;
      const { actor } = entered.value;
      const named = await this.named(work, actor, proposed);
      const id = randomUUID() as unknown as KeyChangeId;
      const inserted = named.ok && (await this.insert(work, actor, id, proposed, named.value));
      const refused = named.ok ? WAITS : named.error;
      const subject = { kind: 'key-change', id };
      if (!named.ok || !inserted) {
        await this.gate.record(work, entered.value, { outcome: 'refused', subject, reason: refused.message });
        return err(refused);
      }
      const details = { change: proposed.change, key: named.value.fingerprint, fields: ['change', 'key', 'reason'] };
      await this.gate.record(work, entered.value, { outcome: 'done', subject, reason: proposed.reason, details });
      return ok(id);
    });
  }

  private async named(work: Work, { agencyId }: ActorRef, { change, publicKey, fingerprint }: ProposedKeyChange): Promise<Result<Named, Refusal>> {
    if (await isChangeWaiting(work, agencyId)) return err(WAITS);
    if (change === 'renew') return ok({ fingerprint: null, key: undefined });
    if (change === 'register') return this.newKey(work, publicKey ?? '');
    const known = await findKey(work, agencyId, fingerprint ?? '');
    if (!known) return err(at('fingerprint', 'Key: Choose one of your agency\'s keys.'));
    return known.revokedAt === null ? ok({ fingerprint: known.fingerprint, key: undefined }) : err(at('fingerprint', 'Key: This key is revoked already.'));
  }

  private async newKey(work: Work, text: string): Promise<Result<Named, Refusal>> {
    if (PRIVATE.test(text)) return err(at('publicKey', 'Public key: This is a private key. It was not kept. Never give it to anybody: export the public key and register that.'));
    try {
      const key = await readRecipientKey(text, work.at);
      if (await isKeyKnown(work, key.fingerprint)) return err(at('publicKey', 'Public key: This key has been registered before. Make a new one.'));
      return ok({ fingerprint: key.fingerprint, key });
    } catch (fault) {
      if (fault instanceof EnvelopeFault) return err(at('publicKey', `Public key: ${fault.message}`));
      throw fault;
    }
  }

  private insert(work: Work, actor: ActorRef, id: KeyChangeId, { change: kind, reason }: ProposedKeyChange, { fingerprint, key }: Named): Promise<boolean> {
    const publicKey = key ? Buffer.from(key.publicKey) : null;
    return insertChange(work, { id, agencyId: actor.agencyId, kind, fingerprint, publicKey, reason, proposedBy: actor.personId, proposedByName: actor.displayName });
  }
}

const PRIVATE = /PRIVATE KEY/i;

function at(field: string, message: string): Refusal {
  return invalid([{ field: `input.${field}`, message }]);
}

const WAITS = refusal(RefusalCode.Conflict, 'A change of your agency\'s keys waits for a second person already. It is approved or withdrawn first.');
