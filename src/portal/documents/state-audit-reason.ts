// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type StateAuditReasonData = { readonly stateAuditReason: ({ readonly __typename: 'AuditReason'; } & { readonly reason: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type StateAuditReasonVariables = { readonly reason: string; };

export const stateAuditReasonDocument: Document<StateAuditReasonData, StateAuditReasonVariables> = {
  id: '3678e63d2f1d3e65a988c95c702332a4086300fb47ff12ee4ffee64dad4343fb',
  text: `mutation StateAuditReason($reason: String!) {
  stateAuditReason(reason: $reason) {
    __typename
    ... on Refused {
      ...RefusedParts
    }
    ... on AuditReason {
      reason
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
