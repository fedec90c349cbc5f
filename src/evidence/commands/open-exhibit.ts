import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { EnvelopeFault, sessionKeyPacket, StoredBody } from '../../../libs/envelope/index.js';
import { err, NOT_FOUND, ok, refusal, RefusalCode, type ActorRef, type ItemId, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { Log, UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, markingOf, type EnteredItem } from '../../workspaces/index.js';
import { readByteRange, type ByteRange } from '../domain/byte-range.js';
import { PreviewKind, previewKind, TEXT_PREVIEW_BYTES } from '../domain/preview.js';
import { AgencyKeys, type LockedKey } from '../store/agency-keys.js';
import { BlobMissing, BlobStore } from '../store/blob-store.js';
import { appendCustody, hasDone } from '../store/custody.store.js';
import { findExhibit, insertPacket, lockedKeysOf, packetsOf, type ExhibitRow, type PacketRow } from '../store/exhibit.store.js';

/** How an exhibit is asked for. */
export interface Asking {
  /** `file`: to be kept by the reader; `preview`: to be shown in the page. */
  readonly as: 'file' | 'preview';
  /** The Range header, if any (attacker-controlled). */
  readonly range: string | undefined;
}

/** An exhibit whose last tag has held, ready to be read. */
export interface OpenedExhibit {
  readonly exhibit: ExhibitRow;
  readonly marking: string;
  /** Undefined: the whole file. */
  readonly range: ByteRange | undefined;
  /** Octets of authenticated chunks only. Ends with a fault where a chunk does not hold. */
  readonly octets: () => AsyncGenerator<Uint8Array>;
  /** Lets go of the body. Not left to `octets`: a generator that is ended before it began runs none of its own code. */
  readonly close: () => Promise<void>;
}

interface Readable {
  readonly exhibit: ExhibitRow;
  readonly marking: string;
  readonly sessionKey: Uint8Array;
}

/** Opens an exhibit for one reader. The reading is recorded and committed before any octet leaves. */
@Injectable()
export class OpenExhibit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: CaseGate,
    private readonly keys: AgencyKeys,
    private readonly blobs: BlobStore,
    private readonly log: Log,
  ) {}

  /** @param id - of the item (attacker-controlled). */
  async execute(context: ActContext, id: string, asking: Asking): Promise<Result<OpenedExhibit | 'unsatisfiable', Refusal>> {
    const readable = await this.unitOfWork.run(context, (work) => this.admit(work, id, asking));
    if (!readable.ok) return readable;
    const { exhibit, marking, sessionKey } = readable.value;
    const range = rangeOf(exhibit, asking);
    if (range === 'unsatisfiable') return ok(range);
    const body = await this.body(exhibit, sessionKey);
    if (!body) return err(DAMAGED);
    const { from, to } = range ?? { from: 0, to: exhibit.sizeBytes };
    return ok({ exhibit, marking, range, octets: () => body.stored.range(from, to), close: body.close });
  }

  private async admit(work: Work, id: string, asking: Asking): Promise<Result<Readable, Refusal>> {
    const entered = await this.gate.enterItem(work, 'exhibit.open', id);
    if (!entered.ok) return entered;
    const exhibit = await findExhibit(work, entered.value.item.id);
    if (!exhibit) return err(NOT_FOUND);
    const { actor } = entered.value;
    const marking = printMarking(markingOf(entered.value.item));
    const subject = { kind: 'exhibit', id, title: entered.value.item.title, marking, owner: entered.value.item.owner };
    if (asking.as === 'preview' && previewKind(exhibit.mediaType) === undefined) {
      await this.gate.recordRefusal(work, entered.value, { subject, reason: 'no-preview' });
      return err(NO_PREVIEW);
    }
    const sessionKey = await this.sessionKey(work, exhibit, entered.value);
    if (!sessionKey) {
      await this.gate.recordRefusal(work, entered.value, { subject, reason: 'agency-holds-its-key' });
      return err(OWN_KEY);
    }
    const act = asking.as === 'preview' ? CustodyAct.Viewed : CustodyAct.Opened;
    const opening = await isOpening(work, exhibit, actor, { act, range: rangeOf(exhibit, asking) });
    const event = opening ? await appendCustody(work, this.keys, { itemId: exhibit.itemId, act, by: actor, sha256: exhibit.sha256 }) : undefined;
    await this.gate.record(work, entered.value, {
      subject,
      details: { items: [id], reference: exhibit.reference, sha256: exhibit.sha256, range: asking.range, as: asking.as, ...(event && { custody: event.hash }) },
    });
    return ok({ exhibit, marking, sessionKey });
  }

  /**
   * The session key, by the packet of the reader's own agency. An agency that was let in after the deposit has none yet:
   * it gets one now, by way of the originator's, and the chain of custody says so. An agency that holds its own private
   * key opens for itself.
   */
  private async sessionKey(work: Work, exhibit: ExhibitRow, { actor, item }: EnteredItem): Promise<Uint8Array | undefined> {
    const packets = await packetsOf(work, exhibit.itemId);
    const keys = await lockedKeysOf(work, exhibit.itemId);
    const own = packets.filter(({ agencyId }) => agencyId === actor.agencyId);
    if (own.length > 0) return this.unlock(own, keys);
    const key = await this.keys.inUse(work, actor.agencyId);
    const sessionKey = await this.unlock(packets.filter(({ agencyId }) => agencyId === item.originator_agency_id), keys);
    if (!sessionKey) return undefined;
    const packet = Buffer.from(await sessionKeyPacket(sessionKey, key, work.at));
    await insertPacket(work, exhibit.itemId, { agencyId: actor.agencyId, fingerprint: key.fingerprint, packet });
    await appendCustody(work, this.keys, { itemId: exhibit.itemId, act: CustodyAct.Shared, by: actor, sha256: exhibit.sha256, to: actor.agencyName });
    return key.portalHeld ? sessionKey : undefined;
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

  /** The body with its last tag checked, or undefined when what is stored is not what was sealed. */
  private async body(exhibit: ExhibitRow, sessionKey: Uint8Array): Promise<OpenBody | undefined> {
    try {
      const blob = await this.blobs.open(exhibit.blobKey);
      try {
        const stored = await StoredBody.open(blob, sessionKey);
        if (stored.dataBytes === exhibit.sizeBytes) return { stored, close: () => blob.close() };
        this.alarm(exhibit.itemId, 'other-size');
      } catch (fault) {
        if (!(fault instanceof EnvelopeFault)) throw fault;
        this.alarm(exhibit.itemId, fault.code);
      }
      await blob.close();
    } catch (fault) {
      if (!(fault instanceof BlobMissing)) throw fault;
      this.alarm(exhibit.itemId, 'missing');
    }
    return undefined;
  }

  private alarm(itemId: ItemId, code: string): void {
    this.log.error({ item: itemId, code }, 'A stored exhibit is not what was deposited');
  }
}

/**
 * A player asks for many parts of one film: the chain of custody says once that it was opened, the ledger each time. Nobody
 * gets a part without having opened the exhibit, however the range is written.
 */
async function isOpening(work: Work, { itemId }: ExhibitRow, { personId }: ActorRef, { act, range }: Part): Promise<boolean> {
  if (range === 'unsatisfiable') return false;
  return range === undefined || range.from === 0 || !(await hasDone(work, itemId, personId, act));
}

interface Part {
  readonly act: CustodyAct;
  readonly range: ReturnType<typeof readByteRange>;
}

/** What of the file is sent. Of a text shown in the page it is the beginning, whatever part of it a browser asks for. */
function rangeOf({ mediaType, sizeBytes }: ExhibitRow, { as, range }: Asking): ReturnType<typeof readByteRange> {
  if (as === 'preview' && previewKind(mediaType) === PreviewKind.Text) return { from: 0, to: Math.min(sizeBytes, TEXT_PREVIEW_BYTES) };
  return readByteRange(range, sizeBytes);
}

interface OpenBody {
  readonly stored: StoredBody;
  readonly close: () => Promise<void>;
}

const DAMAGED = refusal(
  RefusalCode.Unavailable,
  'The stored file is damaged: it is not what was deposited, so it is not handed out. Tell the service manager; the attempt is recorded.',
);
const NO_PREVIEW = refusal(RefusalCode.Invalid, 'Files of this kind are not shown in the page. Open the exhibit instead: it is handed out as a file.');
const OWN_KEY = refusal(RefusalCode.Unavailable, 'Your agency holds its own key. Ask it to open the sealed file.');
