import { parseChain, type BundleRecord, type Chain, type RecordedExhibit, type RecordedThing } from '../../bundle/index.js';
import { firstBadSignature, firstBrokenLink, type SigningKeys } from '../../custody/index.js';
import { proven, refuted, type Finding } from '../findings.js';
import { open } from './check-record.js';
import { textOf } from './held-text.js';
import type { BundleRead } from './read-bundle.js';

/** One exhibit's chain as it was read, where it could be, and what was found. */
export interface ExhibitChecked {
  readonly chain: Chain | undefined;
  readonly findings: readonly Finding[];
}

/** Whether the bytes are those that were deposited, and the chain of custody is whole, in order and signed. */
export function checkExhibit(read: BundleRead, exhibit: RecordedExhibit, keys: SigningKeys): ExhibitChecked {
  const { reference, custody } = exhibit;
  const chain = parseChain(textOf(read, custody.events) ?? '', textOf(read, custody.signatures) ?? '');
  if (!chain.ok) return { chain: undefined, findings: [refuted({ code: 'chain', message: `${reference}: the chain of custody cannot be read. ${chain.error}` })] };
  const wrong = [...chainFaults(exhibit, chain.value), ...byteFaults(read, exhibit, chain.value), ...signatureFaults(exhibit, chain.value, keys)];
  return { chain: chain.value, findings: wrong.length > 0 ? wrong : [...heldWords(exhibit, chain.value), ...unsignedWords(exhibit, chain.value)] };
}

/** Whether the chain of a physical exhibit is whole, in order and signed. It has no bytes, and no event of it may speak of any. */
export function checkThing(read: BundleRead, thing: RecordedThing, keys: SigningKeys): ExhibitChecked {
  const { reference, custody } = thing;
  const chain = parseChain(textOf(read, custody.events) ?? '', textOf(read, custody.signatures) ?? '');
  if (!chain.ok) return { chain: undefined, findings: [refuted({ code: 'chain', message: `${reference}: the chain of custody cannot be read. ${chain.error}` })] };
  const file = chain.value.find(({ sha256 }) => sha256 !== undefined);
  const wrong = [
    ...chainFaults(thing, chain.value),
    ...(file === undefined ? [] : [refuted({ code: 'thing-is-file', message: `${reference}: event ${file.seq} is of a file, and the record says that it is a thing: its bytes were left out` })]),
    ...signatureFaults(thing, chain.value, keys),
  ];
  if (wrong.length > 0) return { chain: chain.value, findings: wrong };
  return {
    chain: chain.value,
    findings: [
      ...chainWords(thing, chain.value),
      ...unsignedWords(thing, chain.value),
      open('thing', `${reference}: that the thing you are shown is the one these events are of: it is a physical exhibit, and a bundle holds no bytes of it. Compare its label and its seal.`),
    ],
  };
}

function chainFaults({ id, reference, custody }: RecordedThing, chain: Chain): readonly Finding[] {
  const broken = firstBrokenLink(id, chain);
  if (broken) return [refuted({ code: `chain-${broken.code}`, message: `${reference}: ${broken.message}` })];
  if (chain.length === custody.count && chain.at(-1)?.hash === custody.head) return [];
  return [refuted({ code: 'chain-cut', message: `${reference}: the chain has ${chain.length} events and not the ${custody.count} that the record says, or ends in another` })];
}

/** The bytes, what the record says of them, and what every event says they were. */
function byteFaults(read: BundleRead, { reference, path, size, sha256 }: RecordedExhibit, chain: Chain): readonly Finding[] {
  const there = read.files.get(path);
  if (there === undefined) return [refuted({ code: 'exhibit-missing', message: `${reference}: its bytes are missing (${path})` })];
  if (there.sha256 !== sha256 || there.size !== size) return [refuted({ code: 'exhibit-altered', message: `${reference}: the bytes in ${path} are not those that the record names` })];
  const other = chain.find((event) => event.sha256 !== undefined && event.sha256 !== sha256);
  return other === undefined ? [] : [refuted({ code: 'exhibit-other', message: `${reference}: event ${other.seq} was recorded of other bytes than these` })];
}

function signatureFaults({ reference }: RecordedThing, chain: Chain, keys: SigningKeys): readonly Finding[] {
  const bad = firstBadSignature(chain, keys);
  return bad === undefined ? [] : [refuted({ code: `chain-${bad.code}`, message: `${reference}: ${bad.message}` })];
}

function heldWords(exhibit: RecordedExhibit, chain: Chain): readonly Finding[] {
  const { reference, path, sha256 } = exhibit;
  return [
    proven('exhibit', `${reference}: ${path} is to the byte what was deposited on ${chain[0]?.at.toISOString() ?? ''} (SHA-256 ${sha256}).`),
    ...chainWords(exhibit, chain),
  ];
}

function chainWords({ reference }: RecordedThing, chain: Chain): readonly Finding[] {
  return [proven('chain', `${reference}: its chain of custody holds, ${many(chain.length)} in order; none was altered, removed, added or moved.`)];
}

/** Events of the first version carry no signature, and never did. */
function unsignedWords({ reference }: RecordedThing, chain: Chain): readonly Finding[] {
  const signed = chain.filter(({ signature }) => signature !== undefined).length;
  const early = chain.length - signed;
  return [
    ...(signed === 0 ? [] : [proven('chain-signed', `${reference}: ${many(signed)} signed, each with the key that it names.`)]),
    ...(early === 0 ? [] : [open('chain-unsigned', `${reference}: who recorded ${many(early)} from before events were signed.`)]),
  ];
}

function many(events: number): string {
  return events === 1 ? 'one event' : `${events} events`;
}

/**
 * The keys that the chains name as their signers, and for whose acts. Nothing in a bundle binds a key to an agency: for one that holds
 * its own key the portal's signs, so one key may sign for several.
 */
export function signersOf(record: BundleRecord, chains: readonly (Chain | undefined)[]): readonly Finding[] {
  const signers = new Map<string, Set<string>>();
  for (const { signer, by } of chains.flatMap((chain) => chain ?? [])) {
    if (signer !== undefined) signers.set(signer, (signers.get(signer) ?? new Set()).add(by.agencyName));
  }
  return [...signers].map(([fingerprint, agencies]) =>
    open('agency-key', `Whether the key ${fingerprint} signs for ${[...agencies].sort().join(', ')}: ${record.ledger} says so by signing the record. Ask them; for an agency that holds its own key the portal's signs.`));
}
