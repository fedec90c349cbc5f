import type { AgencyId, Id, PersonId } from '../../../libs/kernel/index.js';

export type KeyChangeId = Id<'key-change'>;

/** `register`: the agency's own key, of which the portal gets the public part alone; `renew`: a new one that the portal holds; `revoke`: not to be used any more. */
export const KEY_CHANGES = ['register', 'renew', 'revoke'] as const;
export type KeyChangeKind = (typeof KEY_CHANGES)[number];

/** A change of an agency's keys, as it was proposed and what came of it. */
export interface KeyChange {
  readonly id: KeyChangeId;
  readonly agencyId: AgencyId;
  readonly kind: KeyChangeKind;
  /** The key to be taken into use or revoked; null for `renew`, whose key is not made yet. */
  readonly fingerprint: string | null;
  readonly publicKey: Buffer | null;
  readonly reason: string;
  readonly proposedBy: PersonId;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly state: 'waiting' | 'done' | 'withdrawn';
  readonly settledByName: string | null;
  readonly settledAt: Date | null;
}

/** A key of an agency, as it is listed. */
export interface ListedKey {
  readonly fingerprint: string;
  readonly agencyId: AgencyId;
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly portalHeld: boolean;
  readonly label: string | null;
  readonly readsSeipd2: boolean | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly retiredAt: Date | null;
  readonly revokedAt: Date | null;
}
