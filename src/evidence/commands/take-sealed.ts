import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { messageOf, outsideMessage } from '../../../libs/envelope/index.js';
import { err, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, markingOf, type EnteredItem } from '../../workspaces/index.js';
import { AgencyKeys, type AgencyKey } from '../store/agency-keys.js';
import { appendCustody, holdCustody } from '../store/custody.store.js';
import { findExhibit, type ExhibitRow } from '../store/exhibit.store.js';
import { SealedBodies } from '../store/sealed-bodies.js';
import { DAMAGED } from './open-exhibit.js';
import { KEY_UNUSABLE, packetFor, ReaderKeys, reasonOf, type ReaderKey } from './reader-keys.js';

/** `stored`: the message as it is kept (SEIPDv2); `outside`: sealed anew for programs that do not read it (SEIPDv1). */
export type SealedForm = 'stored' | 'outside';

/** A sealed copy on its way out. Whoever has it needs the agency's private key. */
export interface SealedCopy {
  readonly exhibit: ExhibitRow;
  readonly marking: string;
  readonly octets: () => AsyncGenerator<Uint8Array>;
  readonly close: () => Promise<void>;
}

interface Admitted {
  readonly exhibit: ExhibitRow;
  readonly marking: string;
  readonly at: Date;
  readonly packets: ReaderKey['packets'];
  readonly key: AgencyKey;
  /** Only where the file is to be sealed anew. */
  readonly sessionKey: Uint8Array | undefined;
}

/** Hands out an exhibit sealed to the key of the reader's agency. Recorded, as a copy taken, before any octet leaves. */
@Injectable()
export class TakeSealed {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly keys: AgencyKeys,
    private readonly bodies: SealedBodies,
    private readonly readerKeys: ReaderKeys,
  ) {}

  /** @param id - of the item (attacker-controlled). */
  async execute(context: ActContext, id: string, form: SealedForm): Promise<Result<SealedCopy, Refusal>> {
    const admitted = await this.unitOfWork.run(context, (work) => this.admit(work, id, form));
    if (!admitted.ok) return admitted;
    const { exhibit, marking } = admitted.value;
    const copy = await (form === 'stored' ? this.asStored(admitted.value) : this.sealedAnew(admitted.value));
    return copy ? ok({ exhibit, marking, ...copy }) : err(DAMAGED);
  }

  private async asStored({ exhibit, packets }: Admitted): Promise<Pick<SealedCopy, 'octets' | 'close'> | undefined> {
    const body = await this.bodies.sealed(exhibit);
    return body && { octets: () => messageOf(packets, body.octets(), body.sizeBytes), close: body.close };
  }

  private async sealedAnew({ exhibit, key, sessionKey, at }: Admitted): Promise<Pick<SealedCopy, 'octets' | 'close'> | undefined> {
    const body = sessionKey && (await this.bodies.open(exhibit, sessionKey));
    if (!body) return undefined;
    const message = await outsideMessage(body.stored.packets(), key, at);
    return { octets: () => message, close: body.close };
  }

  private async admit(work: Work, id: string, form: SealedForm): Promise<Result<Admitted, Refusal>> {
    const entered = await this.gate.enterItemToRead(work, 'exhibit.take-sealed', id);
    if (!entered.ok) return entered;
    const exhibit = await findExhibit(work, entered.value.item.id);
    if (!exhibit) return err(NOT_FOUND);
    const { actor, item } = entered.value;
    const marking = printMarking(markingOf(item));
    const subject = { kind: 'exhibit', id, title: item.title, marking, owner: item.owner };
    if (!(await holdCustody(work, exhibit.itemId))) {
      await this.gate.recordRefusal(work, entered.value, { subject, reason: 'recalled-meanwhile' });
      return err(NOT_FOUND);
    }
    const found = await this.find(work, exhibit, entered.value, form);
    if (!found.ok) {
      await this.gate.recordRefusal(work, entered.value, { subject, reason: found.error === CANNOT_SEAL_ANEW ? 'portal-cannot-open' : reasonOf(found.error) });
      return found;
    }
    const event = await appendCustody(work, this.keys, {
      itemId: exhibit.itemId, act: CustodyAct.Copied, by: actor, sha256: exhibit.sha256, to: actor.agencyName, reason: REASON[form],
    });
    const details = { items: [id], reference: exhibit.reference, sha256: exhibit.sha256, form, key: found.value.key.fingerprint, custody: event.hash };
    await this.gate.record(work, entered.value, { subject, details });
    return ok({ exhibit, marking, at: work.at, ...found.value });
  }

  private async find(work: Work, exhibit: ExhibitRow, entered: EnteredItem, form: SealedForm): Promise<Result<Pick<Admitted, 'packets' | 'key' | 'sessionKey'>, Refusal>> {
    const reader = await this.readerKeys.of(work, exhibit, entered);
    if (!reader.ok) return reader;
    const { key, packets } = reader.value;
    if (!key) return err(KEY_UNUSABLE);
    if (form === 'stored') return ok({ packets, key, sessionKey: undefined });
    const sessionKey = await this.readerKeys.toSealAnew(work, exhibit);
    if (!sessionKey) return err(CANNOT_SEAL_ANEW);
    return (await packetFor(sessionKey, key, work.at)) ? ok({ packets, key, sessionKey }) : err(KEY_UNUSABLE);
  }
}

const REASON: Readonly<Record<SealedForm, string>> = {
  stored: 'Sealed copy as stored',
  outside: 'Sealed copy for a program of the agency\'s own',
};
const CANNOT_SEAL_ANEW = refusal(
  RefusalCode.Unavailable,
  'The portal cannot open this exhibit and so cannot seal it anew for another program. Take the copy as it is stored and open it with concordat open.',
);
