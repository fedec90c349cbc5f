import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { err, NOT_FOUND, ok, refusal, RefusalCode, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { printMarking } from '../../../libs/policy/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { CaseGate, markingOf } from '../../workspaces/index.js';
import { readByteRange, type ByteRange } from '../domain/byte-range.js';
import { PreviewKind, previewKind, TEXT_PREVIEW_BYTES } from '../domain/preview.js';
import { AgencyKeys } from '../store/agency-keys.js';
import { appendCustody, hasDone, holdCustody } from '../store/custody.store.js';
import { findExhibit, type ExhibitRow } from '../store/exhibit.store.js';
import { SealedBodies } from '../store/sealed-bodies.js';
import { OWN_KEY, ReaderKeys, reasonOf } from './reader-keys.js';

/** How an exhibit is asked for. */
export interface Asking {
  /** `file`: to be kept by the reader; `preview`: to be shown in the page; `review`: what is kept sealed, for who reviews it. */
  readonly as: 'file' | 'preview' | 'review';
  /** The Range header, if any (attacker-controlled). */
  readonly range: string | undefined;
  /** Said when a copy leaves the portal for somebody: whom it is for, and why. */
  readonly copied?: { readonly to: string; readonly reason: string };
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

/** An exhibit whose reader was let in, with what opens it. */
export interface Admitted {
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
    private readonly bodies: SealedBodies,
    private readonly readerKeys: ReaderKeys,
  ) {}

  /** @param id - of the item (attacker-controlled). */
  async execute(context: ActContext, id: string, asking: Asking): Promise<Result<OpenedExhibit | 'unsatisfiable', Refusal>> {
    const admitted = await this.unitOfWork.run(context, (work) => this.admit(work, id, asking));
    return admitted.ok ? this.read(admitted.value, asking) : admitted;
  }

  /** The octets of an exhibit, for a reader who was let in and whose reading is committed. */
  async read({ exhibit, marking, sessionKey }: Admitted, asking: Asking): Promise<Result<OpenedExhibit | 'unsatisfiable', Refusal>> {
    const range = rangeOf(exhibit, asking);
    if (range === 'unsatisfiable') return ok(range);
    const body = await this.bodies.open(exhibit, sessionKey);
    if (!body) return err(DAMAGED);
    const { from, to } = range ?? { from: 0, to: exhibit.sizeBytes };
    return ok({ exhibit, marking, range, octets: () => body.stored.range(from, to), close: body.close });
  }

  /** Lets a reader in and records it, in the act's own transaction; nothing is read yet. */
  async admit(work: Work, id: string, asking: Asking): Promise<Result<Admitted, Refusal>> {
    const entered = await this.gate.enterItemToRead(work, asking.as === 'review' ? 'exhibit.review' : 'exhibit.open', id);
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
    const reader = await this.readerKeys.of(work, exhibit, entered.value);
    const refused = reader.ok ? OWN_KEY : reader.error;
    const sessionKey = reader.ok ? reader.value.sessionKey : undefined;
    if (sessionKey === undefined) {
      await this.gate.recordRefusal(work, entered.value, { subject, reason: reasonOf(refused) });
      return err(refused);
    }
    const act = actOf(asking);
    const opening = await isOpening(work, exhibit, actor, { act, range: rangeOf(exhibit, asking) });
    if (opening && !(await holdCustody(work, exhibit.itemId))) {
      await this.gate.recordRefusal(work, entered.value, { subject, reason: 'recalled-meanwhile' });
      return err(NOT_FOUND);
    }
    const event = opening ? await appendCustody(work, this.keys, { itemId: exhibit.itemId, act, ...asking.copied, ...(asking.as === 'review' && { reason: REVIEWED }), by: actor, sha256: exhibit.sha256 }) : undefined;
    await this.gate.record(work, entered.value, {
      subject,
      details: { items: [id], reference: exhibit.reference, sha256: exhibit.sha256, range: asking.range, as: asking.as, ...(event && { custody: event.hash }) },
    });
    return ok({ exhibit, marking, sessionKey });
  }
}

function actOf({ as, copied }: Asking): CustodyAct {
  if (copied !== undefined) return CustodyAct.Copied;
  return as === 'preview' ? CustodyAct.Viewed : CustodyAct.Opened;
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

/** What is stored is not what was deposited. */
export const DAMAGED = refusal(
  RefusalCode.Unavailable,
  'The stored file is damaged: it is not what was deposited, so it is not handed out. Tell the service manager; the attempt is recorded.',
);
const REVIEWED = 'Kept sealed because of malware, or because it was not scanned for it; opened to be reviewed';
const NO_PREVIEW = refusal(RefusalCode.Invalid, 'Files of this kind are not shown in the page. Open the exhibit instead: it is handed out as a file.');
