import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { err, invalid, NOT_FOUND, ok, refusal, RefusalCode, type AgencyId, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, markingOf, originOf, type EnteredItem } from '../../workspaces/index.js';
import { INFECTED } from '../domain/scan.js';
import type { AgencySharing } from '../domain/recall.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { appendCustody, chainEnd, holdCustody } from '../store/custody.store.js';
import { isDisposed } from '../store/disposal.store.js';
import { agenciesThatSee, insertPacket } from '../store/exhibit.store.js';
import { findHeld, type HeldExhibit } from '../store/held-exhibit.store.js';
import { scanOf } from '../store/scan-rows.js';
import { releasedTo, releaseTo, sharingOf } from '../store/recall-rows.js';
import { packetFor, ReaderKeys } from './reader-keys.js';

/** Which exhibit with which agency of its investigation (attacker-controlled). */
export interface ShareInput {
  readonly exhibitId: string;
  readonly agencyId: string;
}

interface Sharing {
  readonly exhibit: HeldExhibit;
  readonly to: AgencySharing;
  /** Whom the marking named before, and is to name; null: every member. */
  readonly former: readonly AgencyId[] | null;
  readonly released: readonly AgencyId[] | null;
  /** What lets it open the file; of a thing there is none. */
  readonly sealed: Sealed | undefined;
}

interface Sealed {
  readonly packet: Buffer;
  readonly fingerprint: string;
}

/**
 * Shares an exhibit with one more agency of its investigation: a packet is added, the body not touched however large it is. Of a physical
 * exhibit it is what is recorded of it that is shown; the thing itself passes on by an offer that is accepted.
 */
@Injectable()
export class ShareExhibit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly keys: AgencyKeys,
    private readonly readerKeys: ReaderKeys,
  ) {}

  execute(context: ActContext, input: ShareInput): Promise<Result<ItemId, Refusal>> {
    return this.unitOfWork.run(context, async (work) => {
      const entered = await this.gate.enterItem(work, 'exhibit.share', input.exhibitId);
      if (!entered.ok) return entered;
      const { id } = entered.value.item;
      const [inSight, exhibit] = await Promise.all([holdCustody(work, id), findHeld(work, id)]);
      if (!inSight || !exhibit) {
        await this.gate.recordRefusal(work, entered.value, { reason: 'no-exhibit' });
        return err(NOT_FOUND);
      }
      const found = await this.prepare(work, exhibit, entered.value, input);
      if (found.ok) {
        const allowed = await this.allow(work, entered.value, found.value);
        if (!allowed.ok) return allowed;
      }
      const done = found.ok ? await this.share(work, entered.value, found.value) : found;
      if (!done.ok) await this.gate.recordRefusal(work, entered.value, { subject: { kind: 'exhibit', id: exhibit.itemId }, reason: done.error.message, details: { agency: input.agencyId } });
      return done;
    });
  }

  private async prepare(work: Work, exhibit: HeldExhibit, { row }: EnteredItem, { agencyId }: ShareInput): Promise<Result<Sharing, Refusal>> {
    // Asked together, also what a refusal would not have needed: each answer waited for by itself costs more than the question.
    const isFile = exhibit.form === 'file';
    const [agencies, former, disposed, scan, sessionKey] = await Promise.all([
      sharingOf(work, exhibit.itemId), releasedTo(work, exhibit.itemId), isDisposed(work, exhibit.itemId), scanOf(work, exhibit.itemId), isFile ? this.readerKeys.toSealAnew(work, exhibit) : undefined,
    ]);
    const to = agencies.find(({ agency, isOriginator }) => agency.id === agencyId && !isOriginator);
    if (!to) return err(NO_AGENCY);
    if (disposed) return err(DISPOSED);
    if (scan?.state === 'infected') return err(INFECTED);
    if (to.sees && (to.opensSince !== null || !isFile)) return err(SHARED);
    // Between two partners the agreement of the other is not in sight, and no other's clause may stand for it.
    if (to.agreement === null && to.agency.id !== row.lead.id) return err(NO_COMMON_AGREEMENT);
    const sealed = isFile ? await this.seal(work, sessionKey, to.agency.id) : ok(undefined);
    return sealed.ok ? ok({ exhibit, to, former, released: former && [...new Set([...former, to.agency.id])], sealed: sealed.value }) : sealed;
  }

  private async seal(work: Work, sessionKey: Uint8Array | undefined, agency: AgencyId): Promise<Result<Sealed, Refusal>> {
    if (!sessionKey) return err(CANNOT_OPEN);
    const key = await this.keys.inUse(work, agency);
    const packet = await packetFor(sessionKey, key, work.at);
    return key && packet ? ok({ packet, fingerprint: key.fingerprint }) : err(KEY_OF_OTHER);
  }

  /** Whoever made a copy of another agency's exhibit opens it to nobody to whom that one is not open. */
  private async allow(work: Work, entered: EnteredItem, { exhibit, released }: Sharing): Promise<Result<unknown, Refusal>> {
    const item = markingOf(entered.item);
    const origin = await originOf(work, exhibit.itemId, entered.actor.agencyId);
    return this.gate.allow(work, entered, { item, origin, proposed: { ...item, releasableTo: released } }, OF_ANOTHERS);
  }

  private async share(work: Work, entered: EnteredItem, { exhibit: { itemId, reference, sha256 }, to, former, released, sealed }: Sharing): Promise<Result<ItemId, Refusal>> {
    const { actor, item } = entered;
    const [marked, seeing, end] = await Promise.all([released && releaseTo(work, itemId, released), agenciesThatSee(work, itemId), chainEnd(work, this.keys, itemId, actor)]);
    if (!seeing.some(({ id }) => id === to.agency.id)) {
      // Its agreement has lapsed or does not reach the marking: what was widened is narrowed again before anybody saw it.
      if (released) await releaseTo(work, itemId, former);
      return err(NOT_UNDER_AGREEMENT);
    }
    const [, event] = await Promise.all([
      sealed && insertPacket(work, itemId, { agencyId: to.agency.id, ...sealed }),
      appendCustody(work, this.keys, { itemId, act: CustodyAct.Shared, by: actor, sha256: sha256 ?? undefined, to: to.agency.name }, end),
    ]);
    await this.gate.record(work, entered, {
      ...basisOf(to),
      subject: { kind: 'exhibit', id: itemId, title: item.title, marking: printMarking(marked ?? markingOf(item)), owner: item.owner },
      recipients: seeing.flatMap(({ id, name }) => (id === actor.agencyId ? [] : [name])),
      details: { items: [itemId], reference, to: to.agency.code, ...(sealed && { key: sealed.fingerprint }), custody: event.hash, fields: ['releasableTo'] },
    });
    await work.live({ kind: 'workspace', ids: { workspaceId: item.workspace_id, itemId } });
    return ok(itemId);
  }
}

/** A disclosure cites the clause the receiving agency is a member under; to the agency that leads, that of the sharing one. */
function basisOf({ agreement, clause, purpose }: AgencySharing): { readonly agreement?: string; readonly clause?: string; readonly purpose?: string } {
  return agreement !== null && clause !== null && purpose !== null ? { agreement, clause, purpose } : {};
}

const DISPOSED = refusal(RefusalCode.Conflict, 'This exhibit has been disposed of: there is nothing left to share.');
const NO_AGENCY = invalid([{ field: 'input.agencyId', message: 'Agency: Choose one of the agencies in this investigation.' }]);
const OF_ANOTHERS = refusal(RefusalCode.Conflict, 'This was made of another agency’s exhibit, which that agency does not show to the one you chose. Ask it; nothing was shared.');
const SHARED = refusal(RefusalCode.Conflict, 'This agency has the exhibit already.');
const CANNOT_OPEN = refusal(RefusalCode.Unavailable, 'Your agency holds its own key, so the portal cannot share this exhibit for you. Give the agency a copy sealed to its key.');
const KEY_OF_OTHER = refusal(RefusalCode.Conflict, 'The key that agency receives evidence under has expired or been revoked. Ask it to register another; nothing was shared.');
const NO_COMMON_AGREEMENT = refusal(RefusalCode.Conflict, 'Your agency is no party to the agreement that agency takes part under. Ask the lead agency to share it; nothing was shared.');
const NOT_UNDER_AGREEMENT = refusal(RefusalCode.Conflict, 'The agreement that agency is a member under has lapsed, or does not reach the marking of this exhibit. Nothing was shared.');
