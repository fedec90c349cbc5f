import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/index.js';

/** What can happen to an item of evidence between its making and its end (every moment of possession is accounted for). */
export const CustodyAct = {
  Deposited: 'deposited',
  Seized: 'seized',
  Received: 'received',
  Sealed: 'sealed',
  Shared: 'shared',
  Recalled: 'recalled',
  Opened: 'opened',
  Viewed: 'viewed',
  Examined: 'examined',
  Copied: 'copied',
  Divided: 'divided',
  Offered: 'transfer-offered',
  Accepted: 'transfer-accepted',
  Declined: 'transfer-declined',
  Withdrawn: 'transfer-withdrawn',
  Returned: 'returned',
  Disposed: 'disposed',
} as const;
export type CustodyAct = (typeof CustodyAct)[keyof typeof CustodyAct];

/** Whether `text` names an act of custody. */
export function isCustodyAct(text: string): text is CustodyAct {
  return (Object.values(CustodyAct) as string[]).includes(text);
}

/** Who recorded an act, as she was called and what she was then: people marry, agencies merge, the record does not follow. */
export interface CustodyPerson {
  readonly id: string;
  readonly name: string;
  readonly agency: string;
  readonly agencyName: string;
  /** Her roles in the agency, sorted. Not said by events of version 1. */
  readonly roles?: readonly string[] | undefined;
}

/** One act to be recorded. */
export interface CustodyDraft {
  readonly exhibit: string;
  readonly act: CustodyAct;
  /** When it was recorded, by the portal's clock. */
  readonly at: Date;
  /** When it happened, as the person says who records it; left out where recording it is the act. */
  readonly happenedAt?: Date | undefined;
  readonly by: CustodyPerson;
  /** Who did it, in the words of who records it, where that was somebody else. */
  readonly doneBy?: string | undefined;
  /** SHA-256 of the file, lower-case hexadecimal: what the exhibit was when the act was done. A physical exhibit has none. */
  readonly sha256?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Code of the agency that an offer is made to. */
  readonly toAgency?: string | undefined;
  readonly location?: string | undefined;
  readonly reason?: string | undefined;
  readonly sealBefore?: string | undefined;
  readonly sealAfter?: string | undefined;
  /** Reference of the exhibit that came of it: a working copy, an item taken out. */
  readonly about?: string | undefined;
  /** Fingerprint of the OpenPGP key that signs the event. */
  readonly signer?: string | undefined;
}

/** One link of an exhibit's chain. */
export interface CustodyEvent extends CustodyDraft {
  /** Of the body that is hashed. Events of version 1 carry no signature; nothing of that version is written any more. */
  readonly version: 1 | 2;
  /** 1 for the first event. */
  readonly seq: number;
  /** Hash of the event before; {@link CHAIN_START} for the first. */
  readonly previousHash: string;
  readonly hash: string;
  /** A detached OpenPGP signature over {@link signedText}, in binary. */
  readonly signature?: Uint8Array | undefined;
}

/** What stands where the first event of a chain would name its predecessor. */
export const CHAIN_START = '0'.repeat(64);

/** The next link after `previous` (undefined: the first), not signed yet. Pure: the same draft always makes the same link. */
export function nextEvent(previous: Pick<CustodyEvent, 'seq' | 'hash'> | undefined, draft: CustodyDraft): CustodyEvent {
  const linked = { ...draft, version: 2 as const, seq: (previous?.seq ?? 0) + 1, previousHash: previous?.hash ?? CHAIN_START };
  return { ...linked, hash: hashOf(linked) };
}

/** SHA-256 over {@link eventBody}, lower-case hexadecimal. */
export function hashOf(event: Omit<CustodyEvent, 'hash'>): string {
  return createHash('sha256').update(eventBody(event)).digest('hex');
}

/** What is signed of an event: a line that says what it is, so that the signature means nothing elsewhere, and the event's hash. */
export function signedText({ hash }: Pick<CustodyEvent, 'hash'>): string {
  return `concordat custody event\n${hash}\n`;
}

/** Everything in the event but its own hash and signature, as canonical JSON (RFC 8785): what is hashed, to the octet. */
export function eventBody(event: Omit<CustodyEvent, 'hash'>): string {
  const { id, name, agency, agencyName, roles } = event.by;
  const first = {
    v: event.version,
    exhibit: event.exhibit,
    seq: event.seq,
    act: event.act,
    at: event.at.toISOString(),
    by: { id, name, agency, agencyName },
    sha256: event.sha256,
    from: event.from,
    to: event.to,
    reason: event.reason,
    previousHash: event.previousHash,
  };
  if (event.version === 1) return canonicalJson(first);
  const { happenedAt, doneBy, toAgency, location, sealBefore, sealAfter, about, signer } = event;
  return canonicalJson({
    ...first,
    by: { ...first.by, roles },
    happenedAt: happenedAt?.toISOString(),
    doneBy, toAgency, location, sealBefore, sealAfter, about, signer,
  });
}
