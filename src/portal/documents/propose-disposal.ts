// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type ProposeDisposalData = { readonly proposeDisposal: ({ readonly __typename: 'Kept'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type ProposeDisposalVariables = { readonly input: { readonly beforeReview?: string | null; readonly exhibitId: string; readonly reason: string; readonly rule: string; }; };

export const proposeDisposalDocument: Document<ProposeDisposalData, ProposeDisposalVariables> = {
  id: '7b00ef004c0d70a8b52f75717431097cc57b020015734e8f74d23f155f3ed53e',
  text: `mutation ProposeDisposal($input: ProposeDisposalInput!) {
  proposeDisposal(input: $input) {
    __typename
    ... on Kept {
      id
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
