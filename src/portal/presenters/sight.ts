import type { ItemSightParts } from '../documents/fragments.js';
import type { OwnSightData } from '../documents/own-sight.js';
import type { Fields } from '../page/fields.js';
import type { Problem } from '../page/problems.js';
import { date, dateTime, dayFrom, dayOf } from './dates.js';
import { FormView } from './form.js';
import { listed } from './marking.js';
import { gatewayWords, roleWords } from './words.js';

type OwnSight = NonNullable<OwnSightData['ownSight']>;

const REASONS: Readonly<Record<string, string>> = {
  'lead-agency': 'It leads the investigation.',
  member: 'It is a member under an agreement between other agencies, which your agency is no party to.',
  'not-a-member': 'It was no member of the investigation under an agreement that held.',
  'above-ceiling': 'The marking was above the ceiling of its agreement.',
  'not-releasable': 'The item was not releasable to it.',
  'agreement-status': 'It was a member under an agreement between other agencies. Whether that was live on this day is not kept.',
  absent: 'The item had not been made yet.',
};
const COULD: Readonly<Record<string, { text: string; classes: string }>> = {
  yes: { text: 'Could see it', classes: 'govuk-tag--green' },
  part: { text: 'Could, part of the day', classes: 'govuk-tag--yellow' },
  unknown: { text: 'Not known', classes: 'govuk-tag--orange' },
  no: { text: 'Could not', classes: 'govuk-tag--grey' },
};
const CAN = { text: 'Can see it', classes: 'govuk-tag--green' };
const REACHES: Readonly<Record<string, string>> = {
  originator: 'Your agency brought it, and always may see what it brought.',
  named: 'Your agency is among those it may go to.',
  'every-member': 'It may go to every agency that takes part in the investigation.',
};

/** What is wrong with a day that is none. */
export const NO_DAY: Problem = { field: 'on', message: 'Day: This is not a day of the calendar. Enter day, month and year, such as 21 11 2026.' };

/** The parts of the day in an address, to be carried on. */
export function onQuery(query: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(['day', 'month', 'year'].map((part) => [`on.${part}`, query.text(`on.${part}`)]));
}

/** The day an address asks for (attacker-controlled): `none` where it asks for no day, undefined where what it asks for is no day. */
export function dayIn(query: Fields): string | undefined {
  const parts = Object.values(onQuery(query));
  const [day = '', month = '', year = ''] = parts;
  return parts.every((part) => part === '') ? 'none' : dayFrom(day, month, year);
}

/** The field that asks for a day, as it was filled in or for the day shown. */
export function dayField(query: Fields, problems: readonly Problem[], day: string | undefined): object {
  const [year = '', month = '', dayOfMonth = ''] = (day ?? '').split('-');
  return new FormView(query, problems, { 'on.day': dayOfMonth, 'on.month': month, 'on.year': year }).date('on', { label: 'Day' });
}

/** `YYYY-MM-DD` of today in London. */
export function today(): string {
  return dayOf(new Date());
}

/** Each agency with its ground, or the lack of one. @param isNow - whether it was asked of this moment, and not of a day */
export function agencyRows({ agencies }: ItemSightParts, isNow = false): readonly object[] {
  return agencies.map((one) => ({
    agency: one.agency,
    could: isNow && one.could === 'yes' ? CAN : COULD[one.could] ?? { text: one.could, classes: '' },
    why: whyWords(one),
    since: one.could === 'part' && one.from !== null ? dateTime(one.from) : '',
    roles: one.could === 'no' ? '' : one.roles.map(roleWords).join(', '),
  }));
}

function whyWords({ reason, agreement, clause, purpose, agreementIsNow }: ItemSightParts['agencies'][number]): string {
  if (clause === null || agreement === null) return REASONS[reason] ?? reason;
  const cited = `clause ${clause} of ${agreement}: ${purpose ?? ''}`;
  if (agreementIsNow === null) return `Member under ${cited}.`;
  return `It was a member under ${cited}. That agreement is ${agreementIsNow} now, and since when is not kept: whether it was live on this day is not known.`;
}

/** Why the reader sees the item, in sentences about her own agency and herself. */
export function ownWords({ grounds, marking, reach, roles, owner }: OwnSight, agency: string): readonly (readonly [string, readonly string[]])[] {
  return [
    ['Your agency', grounds.map((ground) => groundWords(ground, agency))],
    ['The marking', [`It is marked ${marking}.`, ...(grounds.some(({ kind }) => kind === 'member') ? ['That is no higher than the agreement lets your agency see.'] : []), REACHES[reach] ?? reach]],
    ['Who brought it', [owner]],
    ['You', [`You work on investigations for ${agency} as ${listed(roles.map((role) => roleWords(role).toLowerCase()))}. Your agency’s identity provider said so when you signed in.`]],
  ];
}

function groundWords({ kind, agreement, clause, purpose, gateway, since, until }: OwnSight['grounds'][number], agency: string): string {
  if (kind === 'lead') return `${agency} leads this investigation.`;
  const validity = since === null || until === null ? '' : ` It has been a member since ${dateTime(since)}, and is until ${date(until)} at the latest.`;
  return `${agency} is a member of this investigation under clause ${clause ?? ''} of agreement ${agreement ?? ''}. Purpose: ${purpose ?? ''}. Legal gateway: ${gatewayWords(gateway ?? '')}.${validity}`;
}
