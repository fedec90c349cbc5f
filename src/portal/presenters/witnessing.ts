import type { LedgerWitnessingData } from '../documents/ledger-witnessing.js';
import { dateTime } from './dates.js';
import { count } from './sizes.js';

export type Witnessing = NonNullable<LedgerWitnessingData['ledgerWitnessing']>;

/** The line or banner every auditor's page has, and the table of the ledger's own page. */
export interface WitnessView {
  readonly tone: 'quiet' | 'warning' | 'error';
  /** Whole sentences; the first says it all. */
  readonly sentences: readonly string[];
  readonly rows: readonly object[];
  readonly conflicts: readonly object[];
}

/** Who vouches for the ledger, in words. */
export function witnessView(witnessing: Witnessing): WitnessView {
  const conflicts = witnessing.conflicts.map(({ witness, message, foundAt, theirs, ours }) => ({ witness, message, at: dateTime(foundAt), theirs, ours }));
  return { tone: toneOf(witnessing), sentences: sentencesOf(witnessing), rows: witnessing.witnesses.map(rowOf), conflicts };
}

function toneOf({ standing, writingStopped, witnesses }: Witnessing): WitnessView['tone'] {
  if (standing === 'conflict' || writingStopped) return 'error';
  return standing === 'cosigned' && witnesses.every(({ failingSince }) => failingSince === null) ? 'quiet' : 'warning';
}

function sentencesOf(witnessing: Witnessing): readonly string[] {
  switch (witnessing.standing) {
    case 'none':
      return ['This ledger has no witnesses: nobody but those who run it vouches that it was not rewritten.'];
    case 'cosigned':
      return [cosigned(witnessing), ...silentOnes(witnessing)];
    case 'conflict':
      return ['The ledger contradicts what was signed: it forked, was rewritten or was set back.', ...witnessing.conflicts.map(({ message }) => message), ...(isInDebt(witnessing) ? [debt(witnessing)] : [])];
    default:
      return [debt(witnessing), ...stopped(witnessing), ...silentOnes(witnessing), ...(witnessing.cosignedSize === 0 ? [] : [cosigned(witnessing)])];
  }
}

function cosigned({ cosignedBy, total, cosignedSize, cosignedAt }: Witnessing): string {
  return `Cosigned by ${cosignedBy} of ${total} witnesses up to entry ${count(cosignedSize - 1)}, ${cosignedAt === null ? 'at a time unknown' : dateTime(cosignedAt)}.`;
}

function isInDebt({ answering, needed, writingStopped }: Witnessing): boolean {
  return writingStopped || answering < needed;
}

function debt({ answering, total, needed, waitsSince, debtSeconds, budgetSeconds }: Witnessing): string {
  const who = answering < needed ? `Only ${answering} of ${total} witnesses answer` : `${answering} of ${total} witnesses answer`;
  const since = waitsSince === null ? 'new entries are not cosigned by enough' : `entries since ${dateTime(waitsSince)} are not cosigned by enough, which are ${needed}`;
  return `${who}; ${since} (debt ${duration(debtSeconds)} of ${duration(budgetSeconds)}).`;
}

function stopped({ writingStopped }: Witnessing): readonly string[] {
  return writingStopped ? ['Acts that write are refused until enough of them answer again. Reading, auditing, signing in and out go on.'] : [];
}

function silentOnes({ witnesses }: Witnessing): readonly string[] {
  return witnesses.flatMap(({ name, failingSince, message }) => (failingSince === null ? [] : [`${name} has not cosigned since ${dateTime(failingSince)}: ${message ?? ''}`]));
}

function rowOf({ name, key, size, cosignedAt, answeredAt, message, failingSince }: Witnessing['witnesses'][number]): object {
  return {
    name,
    key,
    upTo: size === 0 ? 'Nothing yet' : `${count(size)} ${size === 1 ? 'entry' : 'entries'}`,
    cosignedAt: cosignedAt === null ? undefined : dateTime(cosignedAt),
    answeredAt: answeredAt === null ? undefined : dateTime(answeredAt),
    fails: failingSince !== null,
    words: message ?? 'Cosigned',
  };
}

/** `40 seconds`, `12 minutes`, `4 hours`. */
export function duration(seconds: number): string {
  const [value, unit] = seconds < 120 ? [seconds, 'second'] : seconds < 7200 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  const whole = Math.floor(value);
  return `${count(whole)} ${unit}${whole === 1 ? '' : 's'}`;
}
