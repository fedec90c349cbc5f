// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type AgencyKeysData = { readonly agencyKeys: { readonly canPropose: boolean; readonly keys: readonly ({ readonly agency: { readonly code: string; readonly name: string; }; readonly fingerprint: string; readonly label: string | null; readonly heldByPortal: boolean; readonly readsSeipd2: boolean | null; readonly state: string; readonly since: string | Date; readonly expiresAt: string | Date | null; readonly until: string | Date | null; })[]; readonly changes: readonly ({ readonly id: string; readonly kind: string; readonly fingerprint: string | null; readonly reason: string; readonly proposedBy: string; readonly proposedAt: string | Date; readonly state: string; readonly settledBy: string | null; readonly settledAt: string | Date | null; readonly canApprove: boolean; readonly canWithdraw: boolean; })[]; } | null; };

export type AgencyKeysVariables = Record<string, never>;

export const agencyKeysDocument: Document<AgencyKeysData, AgencyKeysVariables> = {
  id: '35931a40e39e2f9c9cf10ed6fb4331fc9331af3d3ecb5af94e14bc947d7b38c4',
  text: `query AgencyKeys {
  agencyKeys {
    canPropose
    keys {
      agency {
        code
        name
      }
      fingerprint
      label
      heldByPortal
      readsSeipd2
      state
      since
      expiresAt
      until
    }
    changes {
      id
      kind
      fingerprint
      reason
      proposedBy
      proposedAt
      state
      settledBy
      settledAt
      canApprove
      canWithdraw
    }
  }
}`,
};
