// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type RecallExhibitData = { readonly recallExhibit: ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'SharingChanged'; } & { readonly id: string; }); };

export type RecallExhibitVariables = { readonly input: { readonly agencyId: string; readonly exhibitId: string; readonly reason: string; }; };

export const recallExhibitDocument: Document<RecallExhibitData, RecallExhibitVariables> = {
  id: 'e4ff40b3e82e2025c6c74068c4899141e30e64040d38f7a874a4be08ab10e348',
  text: `mutation RecallExhibit($input: RecallExhibitInput!) {
  recallExhibit(input: $input) {
    __typename
    ... on SharingChanged {
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
