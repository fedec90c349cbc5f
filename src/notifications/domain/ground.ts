import type { EntryDraft } from '../../ledger/index.js';

/** The clause an agency is told under; null for the lead agency, whose own case it is. */
export interface Ground {
  readonly agreement: string | null;
  readonly clause: string | null;
  readonly purpose: string | null;
}

/** How the ledger cites it, with the reason for which the database let the agency be told, in the policy's own words. */
export function citing({ agreement, clause, purpose }: Ground): Pick<EntryDraft, 'agreement' | 'clause' | 'purpose'> & { readonly policy: string } {
  if (agreement === null || clause === null || purpose === null) return { policy: 'lead-agency' };
  return { agreement, clause, purpose, policy: 'member' };
}
