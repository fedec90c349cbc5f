import { type Chain, type RecordedEntry, type RecordedThing } from '../../bundle/index.js';
import { fromBase64 } from '../../note/index.js';
import { parseProofFile, sameHash, verifyInclusion } from '../../tlog/index.js';
import { leafHashOf, parseEntryFile } from '../entry-file.js';
import { cosignatures, proven, refuted, signature, type Finding, type Trust } from '../findings.js';
import { open } from './check-record.js';
import { textOf } from './held-text.js';
import type { BundleRead } from './read-bundle.js';

/** What is known of one checkpoint: the same one stands in many proofs, and its signatures are checked once. */
type Signed = ReturnType<typeof signature>;

/** Holds entries of the ledger against their proofs, the events they record, and the ledger's key. */
export class LedgerCheck {
  private readonly checkpoints = new Map<string, Signed>();

  constructor(
    private readonly read: BundleRead,
    private readonly trust: Trust,
  ) {}

  /** Of one exhibit: which of its events the ledger has. */
  exhibit({ id, reference, entries }: RecordedThing, chain: Chain): readonly Finding[] {
    const found = entries.map((entry) => this.entry(id, entry, chain));
    const wrong = found.flatMap(({ fault }) => (fault === undefined ? [] : [refuted({ code: 'entry', message: `${reference}: ${fault}` })]));
    if (wrong.length > 0) return wrong;
    const shown = found.flatMap(({ index, isShown, seq }) => (index !== undefined && isShown ? [{ seq, index }] : []));
    const hidden = found.flatMap(({ index, isShown, seq }) => (index !== undefined && !isShown ? [{ seq, index }] : []));
    const last = Math.max(0, ...shown.map(({ seq }) => seq));
    return [
      ...(last === 0 ? [] : [proven('recorded', `${reference}: ${span(1, last)} on record in the ledger: ${entriesOf(shown)}. An entry names the hash of its event, and an event that of the one before.`)]),
      ...(hidden.length === 0 ? [] : [open('withheld', `${reference}: what is said by ${entriesOf(hidden)}. It is in the ledger, but its words were not for whoever had the bundle made.`)]),
      ...(last === chain.length ? [] : [open('not-recorded', `${reference}: that the ledger recorded ${span(last + 1, chain.length)}: the bundle brings no proof of it that can be read.`)]),
    ];
  }

  /** Who vouches for each signed state of the ledger that a proof leads to. */
  witnesses(): readonly Finding[] {
    const all = [...this.checkpoints].filter(([, { opened }]) => opened !== undefined).map(([checkpoint, { findings }]) => [...findings, ...cosignatures(checkpoint, this.trust)]);
    if (this.trust.policy === undefined && all.length > 0) return [...all.flatMap((findings) => findings.slice(0, -1)), UNWITNESSED];
    return all.flat();
  }

  private entry(exhibit: string, recorded: RecordedEntry, chain: Chain): { readonly seq: number; readonly index?: number; readonly isShown?: boolean; readonly fault?: string } {
    const { seq, leaf, proof, entry } = recorded;
    const event = chain.find((one) => one.seq === seq);
    const leafHash = fromBase64(leaf);
    if (event === undefined || leafHash?.length !== 32) return { seq, fault: `there is an entry for event ${seq}, which there is not` };
    const said = entry === null ? undefined : this.entryFault(entry, { exhibit, hash: event.hash, leafHash });
    if (said !== undefined) return { seq, fault: `the entry of event ${seq} ${said}` };
    if (proof === null) return { seq };
    const index = this.proofIndex(proof, leafHash);
    return typeof index === 'number' ? { seq, index, isShown: entry !== null } : { seq, fault: `the proof of event ${seq} does not hold. ${index}` };
  }

  /** Whether the entry is the one of the leaf, and records this event of this exhibit. */
  private entryFault(path: string, { exhibit, hash, leafHash }: { readonly exhibit: string; readonly hash: string; readonly leafHash: Uint8Array }): string | undefined {
    const parsed = parseEntryFile(textOf(this.read, path) ?? '');
    if (!parsed.ok) return `cannot be read: ${parsed.error.message}`;
    if (!sameHash(leafHashOf(parsed.value), leafHash)) return 'does not hash to its leaf: one of the two was altered';
    const { outcome, subject, details } = bodyOf(parsed.value.body);
    return outcome === 'done' && subject?.id === exhibit && details?.custody === hash ? undefined : 'records something else';
  }

  private proofIndex(path: string, leafHash: Uint8Array): number | string {
    const proof = parseProofFile(textOf(this.read, path) ?? '');
    if (!proof.ok) return proof.error.message;
    const { index, path: hashes, checkpoint } = proof.value;
    const signed = this.checkpoints.get(checkpoint) ?? signature(checkpoint, this.trust);
    this.checkpoints.set(checkpoint, signed);
    if (signed.opened === undefined) return signed.findings[0]?.message ?? '';
    const { size, root } = signed.opened;
    const held = verifyInclusion({ leafHash, index, size, root, proof: hashes });
    return held.ok ? index : held.error.message;
  }
}

function span(from: number, to: number): string {
  return from === to ? `event ${from}` : `events ${from} to ${to}`;
}

function entriesOf(found: readonly { readonly seq: number; readonly index: number }[]): string {
  return found.map(({ seq, index }) => `entry ${index} (event ${seq})`).join(', ');
}

const UNWITNESSED = open(
  'witnessed',
  'Whether others were shown the same ledger: you gave no list of witnesses. Whoever operates the portal could keep one ledger for you and another for somebody else, unless witnesses you trust have cosigned it.',
);

interface Body {
  readonly outcome?: unknown;
  readonly subject?: { readonly id?: unknown } | null;
  readonly details?: { readonly custody?: unknown } | null;
}

function bodyOf(body: string): Body {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
