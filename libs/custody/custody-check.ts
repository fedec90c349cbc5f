import { CHAIN_START, hashOf, signedText, type CustodyEvent } from './custody-event.js';
import { readSignature, type SigningKey } from './detached-signature.js';
import { verifySignature } from './verify-signature.js';

/** Why a chain does not hold, naming its first broken link. Messages may change, codes may not. */
export interface BrokenLink {
  /** The number the link should carry. */
  readonly seq: number;
  readonly code: 'missing' | 'altered' | 'unlinked' | 'foreign' | 'out-of-time' | 'unsigned' | 'unknown-signer' | 'bad-signature';
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

/** The keys that signatures are believed from, by fingerprint. Read them with `readSigningKey`. */
export type SigningKeys = ReadonlyMap<string, SigningKey>;

/**
 * Checks the signatures of a chain whose links hold (`firstBrokenLink` first: a signature covers a hash). The adversary can write
 * rows and hash them anew, and has no key. Events of version 1 were never signed; one that follows a signed event was put in.
 *
 * @param keys - what the verifier was given, and nothing that came with the events alone.
 */
export function firstBadSignature(events: readonly CustodyEvent[], keys: SigningKeys): BrokenLink | undefined {
  let signedBefore = false;
  for (const event of events) {
    if (event.version === 1 && !signedBefore) continue;
    signedBefore = true;
    const broken = signatureFaultOf(event, keys);
    if (broken) return broken;
  }
  return undefined;
}

function signatureFaultOf(event: CustodyEvent, keys: SigningKeys): BrokenLink | undefined {
  const { seq, signer, signature } = event;
  if (signer === undefined || signature === undefined) return { seq, code: 'unsigned', message: `Event ${seq} carries no signature.` };
  const key = keys.get(signer);
  if (!key) return { seq, code: 'unknown-signer', message: `Event ${seq} is signed by the key ${signer}, which is not among the keys given.` };
  const parts = readSignature(signature);
  const holds = parts?.issuer === signer && verifySignature(parts, new TextEncoder().encode(signedText(event)), key);
  return holds ? undefined : { seq, code: 'bad-signature', message: `The signature of event ${seq} does not hold: ${signer} did not sign this.` };
}
