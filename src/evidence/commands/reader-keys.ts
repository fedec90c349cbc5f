import { Inject, Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { EnvelopeFault, EnvelopeFaultCode, sessionKeyPacket } from '../../../libs/envelope/index.js';
import { err, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { CONFIG, type Config, type Work } from '../../platform/index.js';
import { CaseGate, markingOf, type EnteredItem } from '../../workspaces/index.js';
import { keptSealed, NOTHING_TO_REVIEW, sealedReason, type Scan } from '../domain/scan.js';
import { AgencyKeys, type AgencyKey, type LockedKey } from '../store/agency-keys.js';
import { appendCustody } from '../store/custody.store.js';
import { isDisposed } from '../store/disposal.store.js';
import { scanOf } from '../store/scan-rows.js';
import { agenciesThatSee, insertPacket, lockedKeysOf, packetsOf, type ExhibitRow, type PacketRow } from '../store/exhibit.store.js';

/** What lets the agency of one reader at one exhibit. */
export interface ReaderKey {
  /** The agency's own session-key packets, oldest first; at least one. */
  readonly packets: readonly Uint8Array[];
  /** The key the agency receives evidence under now; undefined where it was revoked and no other is in use. */
  readonly key: AgencyKey | undefined;
  /** Undefined: none of the agency's packets is under a key that the portal holds, so it cannot open for this reader. */
  readonly sessionKey: Uint8Array | undefined;
}

/** Finds what a reader's agency opens an exhibit with, and gives it to an agency that has nothing yet. */
@Injectable()
export class ReaderKeys {
  constructor(
    private readonly keys: AgencyKeys,
    private readonly gate: CaseGate,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * By the packets of the reader's own agency. An agency that was let in after the deposit has none yet: it gets one now, by
   * way of the originator's, and the chain of custody says so. The caller has decided that the reader may open the exhibit.
   */
  async of(work: Work, exhibit: ExhibitRow, entered: EnteredItem): Promise<Result<ReaderKey, Refusal>> {
    const { agencyId } = entered.actor;
    const { itemId } = exhibit;
    const [disposed, packets, locked, scan] = await Promise.all([isDisposed(work, itemId), packetsOf(work, itemId), lockedKeysOf(work, itemId), scanOf(work, itemId)]);
    if (disposed) return err(DISPOSED);
    const sealed = this.keptSealed(scan, entered.verb === 'exhibit.review');
    if (sealed) return err(sealed);
    const key = await this.keys.inUse(work, agencyId);
    const own = packets.filter((packet) => packet.agencyId === agencyId);
    if (own.length > 0) {
      const sessionKey = await this.unlock(own, locked);
      if (sessionKey === undefined && key === undefined) return err(KEY_UNUSABLE);
      if (sessionKey === undefined && key?.portalHeld === true) return err(KEY_CHANGING);
      return ok({ packets: own.map(({ packet }) => packet), key, sessionKey });
    }
    const sessionKey = await this.unlock(packets.filter((packet) => packet.agencyId === entered.item.originator_agency_id), locked);
    return sessionKey === undefined ? err(ORIGINATOR_HOLDS_KEY) : this.give(work, exhibit, entered, { key, sessionKey });
  }

  /**
   * The session key by way of whichever packet the portal can open on this reader's behalf: her agency's own or, where that
   * holds its key itself, the originator's. Only to seal the file anew for the reader's agency, never to show it.
   */
  async toSealAnew(work: Work, exhibit: Pick<ExhibitRow, 'itemId'>): Promise<Uint8Array | undefined> {
    const [packets, locked] = await Promise.all([packetsOf(work, exhibit.itemId), lockedKeysOf(work, exhibit.itemId)]);
    return this.unlock(packets, locked);
  }

  /** Malware, or that nobody has looked for it, keeps an exhibit from everybody but who reviews it; and who reviews has nothing to look for elsewhere. */
  private keptSealed(scan: Scan | undefined, isReview: boolean): Refusal | undefined {
    const sealed = keptSealed(scan, this.config.clamd?.unscanned);
    if (!isReview) return sealed;
    return sealed ? undefined : NOTHING_TO_REVIEW;
  }

  /** A disclosure of its own, whatever becomes of the act it was made for: recorded as one. */
  private async give(work: Work, exhibit: ExhibitRow, entered: EnteredItem, { key, sessionKey }: Given): Promise<Result<ReaderKey, Refusal>> {
    const { actor, item } = entered;
    const packet = await packetFor(sessionKey, key, work.at);
    if (!key || !packet) return err(KEY_UNUSABLE);
    await insertPacket(work, exhibit.itemId, { agencyId: actor.agencyId, fingerprint: key.fingerprint, packet });
    const event = await appendCustody(work, this.keys, { itemId: exhibit.itemId, act: CustodyAct.Shared, by: actor, sha256: exhibit.sha256, to: actor.agencyName });
    const recipients = (await agenciesThatSee(work, exhibit.itemId)).flatMap(({ id, name }) => (id === item.originator_agency_id ? [] : [name]));
    await this.gate.record(work, { ...entered, verb: 'exhibit.share' }, {
      subject: { kind: 'exhibit', id: exhibit.itemId, title: item.title, marking: printMarking(markingOf(item)), owner: item.owner },
      recipients,
      details: { items: [exhibit.itemId], reference: exhibit.reference, to: actor.agencyCode, key: key.fingerprint, custody: event.hash, fields: ['packet'] },
    });
    return ok({ packets: [packet], key, sessionKey: key.portalHeld ? sessionKey : undefined });
  }

  private async unlock(packets: readonly PacketRow[], keys: readonly LockedKey[]): Promise<Uint8Array | undefined> {
    for (const { fingerprint, packet } of packets) {
      const key = keys.find((locked) => locked.fingerprint === fingerprint);
      if (!key) continue;
      const opened = await this.keys.open(key);
      return opened.sessionKey(packet);
    }
    return undefined;
  }
}

interface Given {
  readonly key: AgencyKey | undefined;
  readonly sessionKey: Uint8Array;
}

/** A session-key packet, or undefined where there is no key, or it has expired or been revoked by `at`: such a key is given nothing more. */
export async function packetFor(sessionKey: Uint8Array, key: Pick<AgencyKey, 'publicKey'> | undefined, at: Date): Promise<Buffer | undefined> {
  if (!key) return undefined;
  try {
    return Buffer.from(await sessionKeyPacket(sessionKey, key, at));
  } catch (fault) {
    if (fault instanceof EnvelopeFault && fault.code === EnvelopeFaultCode.UnusableKey) return undefined;
    throw fault;
  }
}

/** The one reason for an agency without a usable key, recorded as {@link reasonOf} says. */
export const KEY_UNUSABLE = refusal(
  RefusalCode.Unavailable,
  'The key your agency receives evidence under has expired or been revoked, so nothing is sealed for it. An administrator of your agency registers a new one.',
);
/** Also where neither the former key nor the originator's is held here, which no waiting mends: the words say what to do then. */
const KEY_CHANGING = refusal(
  RefusalCode.Unavailable,
  'Your agency\'s key has changed, and its exhibits are being given to the new one. Try again in a minute; if it stays so, only the holder of the former key can open this exhibit.',
);
const ORIGINATOR_HOLDS_KEY = refusal(
  RefusalCode.Unavailable,
  'The agency this exhibit is from holds its own key, so the portal cannot give your agency access to it by itself. Ask that agency for a copy.',
);
/** Nothing is left of it but what its page and its certificate say. */
export const DISPOSED = refusal(RefusalCode.Unavailable, 'This exhibit was disposed of: every key to it and the file itself are destroyed. Its page says when, by whom and under which rule.');
/** The portal cannot open it: only the agency can. */
export const OWN_KEY = refusal(
  RefusalCode.Unavailable,
  'Your agency holds its own key, so the portal cannot open this for you. Take the sealed copy from the page of the exhibit and open it with your agency\'s key.',
);

/** How the ledger says why an exhibit could not be opened. */
export function reasonOf(refused: Refusal): string {
  if (refused === KEY_UNUSABLE) return 'key-unusable';
  if (refused === KEY_CHANGING) return 'key-changing';
  if (refused === DISPOSED) return 'disposed';
  const sealed = sealedReason(refused);
  if (sealed !== undefined) return sealed;
  return refused === ORIGINATOR_HOLDS_KEY ? 'originator-holds-its-key' : 'agency-holds-its-key';
}
