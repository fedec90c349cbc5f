import type { ListedWitness } from '../../../libs/witness/index.js';
import type { LedgerWitnesses } from './ledger-witnesses.js';

/** How the ledger stands with its witnesses. Messages may change, codes may not. */
export type StandingCode =
  /** It has none. */
  | 'none'
  /** Enough of them vouch for it. */
  | 'cosigned'
  /** Too few do, and acts that write go on for as long as the budget lasts. */
  | 'debt'
  /** Too few do, and acts that write are refused. */
  | 'stopped'
  /** One of them holds a checkpoint that contradicts it. */
  | 'conflict';

/** The largest checkpoint that enough witnesses cosigned. */
export interface VouchedFor {
  readonly size: number;
  readonly witnesses: number;
  /** When the last of them signed, by its own clock. */
  readonly at: Date;
}

interface StateFacts {
  readonly witness: string;
  readonly size: number;
  readonly cosignedAt: Date | null;
  readonly answeredAt: Date;
  readonly answer: string;
  readonly message: string;
  readonly failingSince: Date | null;
}

interface ConflictFacts {
  readonly witness: string;
  readonly kind: 'cut' | 'forked' | 'broken';
  readonly theirs: string;
  readonly theirsSize: number;
  readonly ours: string;
  readonly oursSize: number;
  readonly foundAt: Date;
}

/** What the standing follows from. */
export interface StandingFacts {
  readonly witnesses: LedgerWitnesses | undefined;
  readonly states: readonly StateFacts[];
  readonly conflicts: readonly ConflictFacts[];
  readonly vouchedFor: VouchedFor | undefined;
  /** When the first checkpoint was signed that enough witnesses have not cosigned. */
  readonly waitsSince: Date | undefined;
  readonly watched: { readonly debtSeconds: number; readonly silentSeconds: number } | undefined;
  readonly now: Date;
}

/** One witness, and how it last answered. */
export interface WitnessRow {
  readonly name: string;
  readonly key: string;
  readonly size: number;
  readonly cosignedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly answer: string;
  /** What is wrong, a whole sentence; null while it cosigns. */
  readonly message: string | null;
  readonly failingSince: Date | null;
}

/** A contradiction in words, with both checkpoints. */
export interface ConflictRow extends ConflictFacts {
  readonly name: string;
  readonly message: string;
}

export interface Standing {
  readonly code: StandingCode;
  readonly total: number;
  readonly needed: number;
  readonly answering: number;
  readonly vouchedFor: VouchedFor | undefined;
  /** Undefined while nothing waits, or only for moments. */
  readonly waitsSince: Date | undefined;
  readonly debtSeconds: number;
  readonly budgetSeconds: number;
  readonly rows: readonly WitnessRow[];
  readonly conflicts: readonly ConflictRow[];
}

/** Cosigning takes moments; entries that wait longer than this, in seconds, are a debt that is shown. */
const USUAL_SECONDS = 10;
/** The worker gives a sign of life each second; after this many without one nobody is asking the witnesses. */
const SILENT_SECONDS = 15;

/** How the ledger stands with its witnesses. A contradiction outweighs everything: cosignatures of the others do not undo it. */
export function standingOf(facts: StandingFacts): Standing {
  const { witnesses, vouchedFor, watched } = facts;
  const rows = (witnesses?.policy.listed ?? []).map((witness) => rowOf(witness, facts));
  const isAsked = (watched?.silentSeconds ?? 0) < SILENT_SECONDS;
  const answering = isAsked ? rows.filter(({ answeredAt, failingSince }) => answeredAt !== null && failingSince === null).length : 0;
  const debtSeconds = watched?.debtSeconds ?? 0;
  const code = codeOf(facts, answering, debtSeconds);
  return {
    code,
    total: rows.length,
    needed: witnesses?.needed ?? 0,
    answering,
    vouchedFor,
    waitsSince: code === 'cosigned' ? undefined : facts.waitsSince,
    debtSeconds,
    budgetSeconds: witnesses?.budgetSeconds ?? 0,
    rows,
    conflicts: facts.conflicts.map((conflict) => ({ ...conflict, name: nameOf(conflict.witness), message: wordsOf(conflict) })),
  };
}

function codeOf({ witnesses, conflicts, vouchedFor }: StandingFacts, answering: number, debtSeconds: number): StandingCode {
  if (conflicts.length > 0) return 'conflict';
  if (witnesses === undefined) return 'none';
  if (debtSeconds > witnesses.budgetSeconds) return 'stopped';
  return answering < witnesses.needed || debtSeconds > USUAL_SECONDS || vouchedFor === undefined ? 'debt' : 'cosigned';
}

function rowOf({ key: { name }, keyText: key }: ListedWitness, { states }: StandingFacts): WitnessRow {
  const state = states.find(({ witness }) => witness === key);
  if (state === undefined) return { name, key, size: 0, cosignedAt: null, answeredAt: null, answer: 'not-asked', message: 'It has not been asked yet.', failingSince: null };
  const { size, cosignedAt, answeredAt, answer, failingSince } = state;
  return { name, key, size, cosignedAt, answeredAt, answer, message: failingSince === null ? null : `${state.message}.`, failingSince };
}

/** A key is written `name+keyid+base64`; the name has no plus sign. */
function nameOf(key: string): string {
  return key.split('+')[0] ?? key;
}

function wordsOf({ witness, kind, theirsSize, oursSize }: ConflictFacts): string {
  const held = `The witness ${nameOf(witness)} holds a checkpoint of ${theirsSize} entries, signed with the key of this ledger,`;
  switch (kind) {
    case 'cut':
      return `${held} and the ledger had only ${oursSize}: it was set back or entries were cut off.`;
    case 'forked':
      return `${held} and the first ${theirsSize} entries of the ledger were other ones: it was rewritten or there are two of it.`;
    case 'broken':
      return `${held} and what is stored does not lead from there to what the ledger signed for its ${oursSize} entries: it was altered.`;
  }
}
