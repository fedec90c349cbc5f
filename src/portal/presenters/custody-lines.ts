import type { ExhibitData } from '../documents/exhibit.js';
import { dateTime, isoOf } from './dates.js';
import { codeWords, roleWords } from './words.js';

type Line = NonNullable<ExhibitData['exhibit']>['custody'][number];

/** A line of a chain of custody, to be read aloud. */
export interface CustodyLine {
  readonly seq: number;
  /** When it happened, as was said, or was recorded. */
  readonly when: string;
  readonly iso: string;
  /** `Priya Shah (Northmoor Police) received it from Amira Rahman, seal B123 unbroken`. */
  readonly words: string;
  readonly reason: string | null;
  /** Who wrote the line, as what, and when. */
  readonly recorded: string;
  readonly hash: string;
  readonly previous: string;
  readonly signer: string | null;
}

/** The lines of a chain, in order. Names and roles are those of the time; nothing is looked up. */
export function custodyLines(lines: readonly Line[], form: string): readonly CustodyLine[] {
  let seal: string | undefined;
  return lines.map((line) => {
    const told = custodyLine(line, form, seal);
    seal = sealAfter(line, form, seal);
    return told;
  });
}

function custodyLine(line: Line, form: string, seal: string | undefined): CustodyLine {
  const who = line.doneBy === null ? `${line.by} (${line.agency})` : line.doneBy;
  const when = line.happenedAt ?? line.at;
  const at = line.location === null ? '' : `, ${PLACED.has(line.act) ? 'at' : 'now at'} ${line.location}`;
  return {
    seq: line.seq,
    when: dateTime(when),
    iso: isoOf(when),
    words: `${who} ${deedOf(line, form, seal)}${at}`,
    reason: line.reason,
    recorded: `Recorded by ${line.by}, ${rolesOf(line)}${line.agency}, on ${dateTime(line.at)}`,
    hash: line.hash,
    previous: line.previousHash,
    signer: line.signer,
  };
}

/** Acts whose place is where they were done; after the others the exhibit is there. */
const PLACED: ReadonlySet<string> = new Set(['seized', 'examined', 'opened', 'transfer-offered']);

function deedOf(line: Line, form: string, seal: string | undefined): string {
  const from = line.from === null ? '' : ` from ${line.from}`;
  const to = line.to ?? 'somebody';
  switch (line.act) {
    case 'seized':
    case 'received':
      return `${line.act} it${from}${sealed(line)}`;
    case 'sealed':
      return `sealed it with seal ${line.sealAfter ?? ''}`;
    case 'opened':
      return form === 'physical' ? `opened it, breaking seal ${line.sealBefore ?? ''}` : 'opened the file';
    case 'viewed':
      return 'looked at it in the portal';
    case 'examined':
      return `examined it${asFound(line, seal)}`;
    case 'copied':
      return line.about === null ? `copied it${line.to === null ? '' : ` to ${line.to}`}` : `made ${line.about} of it`;
    case 'divided':
      return `took ${line.about ?? 'something'} out of it`;
    case 'shared':
      return `gave ${to} its key`;
    case 'recalled':
      return `took its key back from ${line.from ?? to}`;
    case 'transfer-offered':
      return `offered it to ${to}`;
    case 'transfer-accepted':
      return `received it${from}${asFound(line, seal)}`;
    case 'transfer-declined':
      return `declined it${from}`;
    case 'transfer-withdrawn':
      return 'withdrew the offer of it';
    case 'returned':
      return `handed it to ${to}${asFound(line, seal)}`;
    case 'disposed':
      return 'disposed of it';
    default:
      return `${codeWords(line.act).toLowerCase()} it`;
  }
}

function sealed({ sealAfter: after, sealBefore: before }: Line): string {
  const seal = after ?? before;
  return seal === null ? ', without a seal' : `, under seal ${seal}`;
}

function asFound({ sealBefore: found }: Line, seal: string | undefined): string {
  if (found === null) return '';
  return found === seal ? `, seal ${found} unbroken` : `, with seal ${found}${seal === undefined ? '' : ` where ${seal} was last recorded`}`;
}

function sealAfter({ act, sealAfter: after, sealBefore: found }: Line, form: string, seal: string | undefined): string | undefined {
  if (after !== null) return after;
  if (act === 'opened') return form === 'physical' ? undefined : seal;
  return found ?? seal;
}

function rolesOf({ roles }: Line): string {
  return roles.length === 0 ? '' : `${roles.map((role) => roleWords(role).toLowerCase()).join(' and ')}, `;
}
