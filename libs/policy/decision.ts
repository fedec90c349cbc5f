import type { Category } from './verbs.js';

/** Why an act was allowed. */
export const Permission = {
  Anyone: 'anyone',
  OwnRole: 'own-role',
  OwnAgency: 'own-agency',
  LeadAgency: 'lead-agency',
  Member: 'member',
  Assigned: 'assigned',
} as const;
export type Permission = (typeof Permission)[keyof typeof Permission];

/** Why an act was denied. For the ledger only: whoever asked is told nothing but absence. */
export const Denial = {
  UnknownVerb: 'unknown-verb',
  NobodySignedIn: 'nobody-signed-in',
  NoGrant: 'no-grant',
  NotACouncil: 'not-a-council',
  UnknownFacts: 'unknown-facts',
  NotAMember: 'not-a-member',
  AboveCeiling: 'above-ceiling',
  NotReleasable: 'not-releasable',
  NotTheLead: 'not-the-lead',
  LeadStays: 'lead-stays',
  NotTheOriginator: 'not-the-originator',
  NotOwnAgency: 'not-own-agency',
  NoAgreement: 'no-agreement',
  OwnRead: 'own-read',
  NotAssigned: 'not-assigned',
  OwnProposal: 'own-proposal',
} as const;
export type Denial = (typeof Denial)[keyof typeof Denial];

/** What must happen in the same act because it was allowed. */
export type Obligation =
  | { readonly kind: 'record'; readonly category: Category }
  | { readonly kind: 'cite'; readonly agreement: string; readonly clause: string; readonly purpose: string; readonly gateway: string }
  | { readonly kind: 'mark'; readonly marking: string };

export interface Permit {
  readonly effect: 'permit';
  readonly reasons: readonly Permission[];
  readonly obligations: readonly Obligation[];
}

export interface Deny {
  readonly effect: 'deny';
  readonly reasons: readonly Denial[];
  readonly obligations: readonly Obligation[];
}

export type Decision = Permit | Deny;

/** A denial for one reason. */
export function deny(reason: Denial): Deny {
  return { effect: 'deny', reasons: [reason], obligations: [] };
}

/** A permission for one reason, with what it obliges to. */
export function permit(reason: Permission, obligations: readonly Obligation[] = []): Permit {
  return { effect: 'permit', reasons: [reason], obligations };
}
