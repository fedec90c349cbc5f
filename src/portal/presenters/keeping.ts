import type { ExhibitData } from '../documents/exhibit.js';
import type { Me } from '../page/page.js';
import { date, dateTime } from './dates.js';
import type { Choice } from './form.js';
import { codeWords } from './words.js';

type Exhibit = NonNullable<ExhibitData['exhibit']>;

/** Retention groups in words; the codes and their periods are the API's. */
const GROUPS: Readonly<Record<string, string>> = {
  'mopi-1': 'MoPI group 1: certain public protection matters',
  'mopi-2': 'MoPI group 2: other sexual, violent or serious offences',
  'mopi-3': 'MoPI group 3: all other offences',
  'mopi-4': 'MoPI group 4: undetected offences',
  cpia: 'Criminal Procedure and Investigations Act 1996',
  'council-6': 'Council: regulatory case file',
};

export function groupWords(code: string): string {
  return Object.hasOwn(GROUPS, code) ? (GROUPS[code] ?? code) : codeWords(code);
}

export function retentionChoices(): Choice[] {
  return Object.entries(GROUPS).map(([value, text]) => ({ value, text }));
}

/** What this reader can do about how long an exhibit is kept. */
export function keepingChoices({ holds, disposal, can }: Exhibit, me: Me): Choice[] {
  if (disposal?.state === 'approved') return [];
  const lifts = holds.filter(({ agencyId }) => agencyId === me.agency.id);
  return [
    { value: 'hold', text: 'Place a hold on this exhibit', hint: { text: 'Nobody disposes of it until your agency lifts the hold.' } },
    { value: 'hold-all', text: 'Place a hold on every exhibit of this investigation', hint: { text: 'Those that are still to come included.' } },
    ...lifts.map(({ id, onAll, reason }) => ({ value: `lift:${id}`, text: `Lift the hold ${onAll ? 'on the whole investigation' : 'on this exhibit'}`, hint: { text: reason } })),
    ...(can.dispose ? [{ value: 'keep', text: 'Keep it under a retention group, until a day of review' }, { value: 'propose', text: 'Propose that it is disposed of', hint: { text: 'Somebody else of your agency must approve it.' } }] : []),
    ...(can.decide ? [{ value: 'approve', text: 'Approve the disposal', hint: { text: 'Every key to it is destroyed at once. This cannot be taken back.' } }, { value: 'reject', text: 'Reject the disposal' }] : []),
  ];
}

/** What is known of how long it is kept, as rows. */
export function keepingFacts({ holds, retention, disposal }: Exhibit): readonly (readonly [string, string])[] {
  const held = holds.map(({ agency, placedBy, placedAt, reason, onAll }) => `${placedBy}, ${agency}, since ${dateTime(placedAt)}${onAll ? ', on the whole investigation' : ''}: ${reason}`);
  const kept = retention && `${groupWords(retention.group)}, reviewed on ${date(retention.reviewOn)}. ${retention.setBy}: ${retention.reason}`;
  return [['Holds', held.length === 0 ? 'None' : held.join('\n')], ['Retention', kept ?? 'No group yet'], ...(disposal === null ? [] : ([['Disposal', disposalWords(disposal)]] as const))];
}

function disposalWords({ state, rule, reason, beforeReview, proposedBy, proposedAt, decidedBy, decidedAt, decidedFor }: NonNullable<Exhibit['disposal']>): string {
  const proposed = `Proposed by ${proposedBy} on ${dateTime(proposedAt)} under ${groupWords(rule)}: ${reason}${beforeReview === null ? '' : `\nBefore its day of review: ${beforeReview}`}`;
  return decidedBy === null || decidedAt === null ? `${proposed}\nWaits for somebody else of the agency.` : `${proposed}\n${codeWords(state)} by ${decidedBy} on ${dateTime(decidedAt)}: ${decidedFor ?? ''}`;
}
