// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type DecideDisposalData = { readonly decideDisposal: ({ readonly __typename: 'Kept'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type DecideDisposalVariables = { readonly input: { readonly approve: boolean; readonly exhibitId: string; readonly reason: string; }; };

export const decideDisposalDocument: Document<DecideDisposalData, DecideDisposalVariables> = {
  id: '2d6106b2901c378106991c03427de05be72fe3cb809b8618859386daa032eb39',
  text: `mutation DecideDisposal($input: DecideDisposalInput!) {
  decideDisposal(input: $input) {
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
