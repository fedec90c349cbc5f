import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/index.js';

/** What can happen to an item of evidence between its making and its end (every moment of possession is accounted for). */
export const CustodyAct = {
  Deposited: 'deposited',
  Shared: 'shared',
  Opened: 'opened',
  Examined: 'examined',
  Transferred: 'transferred',
  Returned: 'returned',
  Disposed: 'disposed',
} as const;
export type CustodyAct = (typeof CustodyAct)[keyof typeof CustodyAct];

/** Whether `text` names an act of custody. */
export function isCustodyAct(text: string): text is CustodyAct {
  return (Object.values(CustodyAct) as string[]).includes(text);
}

/** One act, with names and titles as they were at the time: people marry, agencies merge, the record does not follow. */
export interface CustodyDraft {
  readonly exhibit: string;
  readonly act: CustodyAct;
  readonly at: Date;
  readonly by: { readonly id: string; readonly name: string; readonly agency: string; readonly agencyName: string };
  /** SHA-256 of the file, lower-case hexadecimal: what the exhibit was when the act was done. */
  readonly sha256: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly reason?: string | undefined;
}

/** One link of an exhibit's chain. */
export interface CustodyEvent extends CustodyDraft {
  /** 1 for the first event. */
  readonly seq: number;
  /** Hash of the event before; {@link CHAIN_START} for the first. */
  readonly previousHash: string;
  readonly hash: string;
}

/** What stands where the first event of a chain would name its predecessor. */
export const CHAIN_START = '0'.repeat(64);

/** The next link after `previous` (undefined: the first). Pure: the same draft always makes the same link. */
export function nextEvent(previous: Pick<CustodyEvent, 'seq' | 'hash'> | undefined, draft: CustodyDraft): CustodyEvent {
  const linked = { ...draft, seq: (previous?.seq ?? 0) + 1, previousHash: previous?.hash ?? CHAIN_START };
  return { ...linked, hash: hashOf(linked) };
}

/** SHA-256 over the canonical JSON (RFC 8785) of everything in the event but its own hash. */
function hashOf(event: Omit<CustodyEvent, 'hash'>): string {
  const body = canonicalJson({
    v: 1,
    exhibit: event.exhibit,
    seq: event.seq,
    act: event.act,
    at: event.at.toISOString(),
    by: { id: event.by.id, name: event.by.name, agency: event.by.agency, agencyName: event.by.agencyName },
    sha256: event.sha256,
    from: event.from,
    to: event.to,
    reason: event.reason,
    previousHash: event.previousHash,
  });
  return createHash('sha256').update(body).digest('hex');
}

/** Why a chain does not hold, naming its first broken link. */
export interface BrokenLink {
  /** The number the link should carry. */
  readonly seq: number;
  readonly code: 'missing' | 'altered' | 'unlinked' | 'foreign' | 'out-of-time';
  readonly message: string;
}

/**
 * Checks a chain in the order given (rows out of a database the operator could have touched). Returns the first broken
 * link, or undefined when it holds. A chain that merely lost its newest links is whole by itself: that is what the ledger's
 * entry with the newest hash is for.
 */
export function firstBrokenLink(exhibit: string, events: readonly CustodyEvent[]): BrokenLink | undefined {
  let previous: CustodyEvent | undefined;
  for (const event of events) {
    const broken = faultOf(exhibit, previous, event);
    if (broken) return broken;
    previous = event;
  }
  if (!previous) return { seq: 1, code: 'missing', message: 'Event 1 is missing: every exhibit begins with its deposit.' };
  return undefined;
}

function faultOf(exhibit: string, previous: CustodyEvent | undefined, event: CustodyEvent): BrokenLink | undefined {
  const seq = (previous?.seq ?? 0) + 1;
  if (event.seq !== seq) return { seq, code: 'missing', message: `Event ${seq} is missing.` };
  if (event.exhibit !== exhibit) return { seq, code: 'foreign', message: `Event ${seq} belongs to another exhibit.` };
  if (event.hash !== hashOf(event)) return { seq, code: 'altered', message: `Event ${seq} was altered after it was written.` };
  if (event.previousHash !== (previous?.hash ?? CHAIN_START)) {
    return { seq, code: 'unlinked', message: `Event ${seq} does not follow the event before it.` };
  }
  if (previous && event.at < previous.at) return { seq, code: 'out-of-time', message: `Event ${seq} is older than the event before it.` };
  return undefined;
}
