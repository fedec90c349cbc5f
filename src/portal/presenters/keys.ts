import type { AgencyKeysData } from '../documents/agency-keys.js';
import { date, dateTime } from './dates.js';

type Loaded = NonNullable<AgencyKeysData['agencyKeys']>;
type Key = Loaded['keys'][number];
type Change = Loaded['changes'][number];

const STATES: Readonly<Record<string, { readonly text: string; readonly classes: string }>> = {
  'in-use': { text: 'In use', classes: 'govuk-tag--green' },
  expired: { text: 'Expired', classes: 'govuk-tag--red' },
  retired: { text: 'Retired', classes: 'govuk-tag--grey' },
  revoked: { text: 'Revoked', classes: 'govuk-tag--red' },
};
const KINDS: Readonly<Record<string, string>> = { register: 'Register our own key', renew: 'Have the portal make and hold a new key', revoke: 'Revoke a key' };

/** A fingerprint in groups of four, as people compare them aloud. */
export function spaced(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ');
}

/** One key, in words. */
export function keyView({ agency, fingerprint, label, heldByPortal, readsSeipd2, state, since, expiresAt, until }: Key): object {
  return {
    agency: agency.name,
    fingerprint: spaced(fingerprint),
    label,
    holder: heldByPortal ? 'Held by the portal' : 'Held by the agency; the portal cannot open what is sealed to it',
    warning: readsSeipd2 === false ? 'This key does not say that its programs read RFC 9580: use concordat open, or the copy for an older program.' : undefined,
    since: date(since),
    expires: expiresAt === null ? 'Does not expire' : date(expiresAt),
    until: until === null ? undefined : dateTime(until),
    tag: STATES[state] ?? { text: state, classes: 'govuk-tag--grey' },
  };
}

/** One change, who stands behind it, and what came of it. */
export function changeView({ id, kind, fingerprint, reason, proposedBy, proposedAt, state, settledBy, settledAt, canApprove, canWithdraw }: Change): object {
  const outcome = state === 'done' ? 'Approved' : 'Withdrawn';
  return {
    id, reason, canApprove, canWithdraw,
    waits: state === 'waiting',
    what: KINDS[kind] ?? kind,
    fingerprint: fingerprint === null ? undefined : spaced(fingerprint),
    proposed: `${proposedBy}, ${dateTime(proposedAt)}`,
    settled: settledBy === null || settledAt === null ? undefined : `${outcome} by ${settledBy}, ${dateTime(settledAt)}`,
  };
}
