// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type ProveLedgerData = { readonly proveLedger: ({ readonly __typename: 'LedgerContinuity'; } & { readonly holds: boolean; readonly message: string; readonly from: number; readonly size: number; readonly checkpoint: string; readonly proof: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type ProveLedgerVariables = { readonly from: string; };

export const proveLedgerDocument: Document<ProveLedgerData, ProveLedgerVariables> = {
  id: '817e427d315734eae45593314d5d748e3e847ecb2449d6b052f4ebd54e2b8faf',
  text: `mutation ProveLedger($from: String!) {
  proveLedger(from: $from) {
    __typename
    ... on LedgerContinuity {
      holds
      message
      from
      size
      checkpoint
      proof
    }
    ... on Refused {
      ...RefusedParts
    }
  }
}

fragment RefusedParts on Refused {
  code
  message
  faults {
    field
    message
  }
}`,
};
