import { firstBadSignature, firstBrokenLink, type CustodyEvent, type SigningKeys } from '../../../libs/custody/index.js';

/** One thing wrong between what is stored and what is recorded. Messages may change, codes may not. */
export interface BusinessFinding {
  readonly code: 'row-unrecorded' | 'row-differs' | 'row-missing' | 'custody-broken' | 'custody-unsigned' | 'custody-cut' | 'custody-unrecorded';
  readonly index?: number;
  readonly entryId?: string;
  readonly message: string;
}

/** A stored row that an act must have made, with what the act's entry says; `recorded` is undefined where there is none. */
export interface KeptRow {
  /** What it is and which, in words: `note 7c9e…`. */
  readonly name: string;
  readonly by: string;
  /** Undefined where the row's own time is not the act's. */
  readonly at?: Date | undefined;
  readonly recorded: { readonly entryId: string; readonly by: string | null; readonly at: Date } | undefined;
}

/** An entry that says it made a row which is not there. */
export interface EmptyClaim {
  readonly entryId: string;
  readonly index: number | undefined;
  readonly name: string;
}

/** One exhibit's chain of custody, with the newest links that entries of the ledger name, oldest first. */
export interface KeptChain {
  readonly exhibit: string;
  readonly events: readonly CustodyEvent[];
  readonly named: readonly { readonly entryId: string; readonly hash: string }[];
}

/** All that comparing needs to read, so that it runs over a database or a test alike. */
export interface BusinessReader {
  rows(): AsyncIterable<KeptRow>;
  claims(): AsyncIterable<EmptyClaim>;
  chains(): AsyncIterable<KeptChain>;
  /** The public keys of agencies and of the portal that are stored, whichever were ever in use. */
  signers(): Promise<SigningKeys>;
}

/**
 * Holds what is stored against what is recorded. The adversary is whoever administers the database: a row put in has no entry,
 * one taken out leaves its entry behind, one moved to another person or time differs from it, and a chain of custody that was
 * altered, cut or added to no longer is the one whose links the ledger names.
 */
export async function* checkBusiness(reader: BusinessReader): AsyncGenerator<BusinessFinding> {
  for await (const row of reader.rows()) yield* faultsOfRow(row);
  for await (const { entryId, index, name } of reader.claims()) {
    const entry = `Entry ${index === undefined ? '' : `${index} `}(${entryId})`;
    yield { code: 'row-missing', entryId, ...(index === undefined ? {} : { index }), message: `${entry} says that ${name} was made, and it is not there.` };
  }
  const signers = await reader.signers();
  for await (const chain of reader.chains()) yield* faultsOfChain(chain, signers);
}

function* faultsOfRow({ name, by, at, recorded }: KeptRow): Generator<BusinessFinding> {
  if (recorded === undefined) {
    yield { code: 'row-unrecorded', message: `No entry says that ${name} was made: it was put in.` };
    return;
  }
  const { entryId } = recorded;
  if (recorded.by !== by) yield { code: 'row-differs', entryId, message: `Of ${name} another person is stored than entry ${entryId} says.` };
  if (at !== undefined && at.getTime() !== recorded.at.getTime()) {
    yield { code: 'row-differs', entryId, message: `Of ${name} the time ${at.toISOString()} is stored; entry ${entryId} says ${recorded.at.toISOString()}.` };
  }
}

function* faultsOfChain({ exhibit, events, named }: KeptChain, signers: SigningKeys): Generator<BusinessFinding> {
  const broken = firstBrokenLink(exhibit, events);
  const unsigned = broken === undefined ? firstBadSignature(events, signers) : undefined;
  if (unsigned !== undefined) yield { code: 'custody-unsigned', message: `The chain of custody of exhibit ${exhibit} is not signed as it should be: ${unsigned.message}` };
  if (broken !== undefined) yield { code: 'custody-broken', message: `The chain of custody of exhibit ${exhibit} does not hold: ${broken.message}` };
  const hashes = new Set(events.map(({ hash }) => hash));
  for (const { entryId, hash } of named) {
    if (hashes.has(hash)) continue;
    yield { code: 'custody-cut', entryId, message: `The chain of custody of exhibit ${exhibit} lacks the link that entry ${entryId} names: it was cut or written anew.` };
  }
  const known = new Set(named.map(({ hash }) => hash));
  // A key that was added for an agency is told of with the opening that follows it, or with none where the agency opens for itself.
  const ends = events.findLast(({ act }) => act !== 'shared');
  if (ends !== undefined && !known.has(ends.hash)) {
    yield { code: 'custody-unrecorded', message: `Event ${ends.seq} of the chain of custody of exhibit ${exhibit} is named by no entry: it was added.` };
  }
}
