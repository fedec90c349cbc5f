// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type PlaceHoldData = { readonly placeHold: ({ readonly __typename: 'Kept'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type PlaceHoldVariables = { readonly input: { readonly exhibitId?: string | null; readonly reason: string; readonly workspaceId: string; }; };

export const placeHoldDocument: Document<PlaceHoldData, PlaceHoldVariables> = {
  id: '9f22466d454ed03c85e81ff83731ca0d05470804836c96726e7e62a5cb58e7eb',
  text: `mutation PlaceHold($input: PlaceHoldInput!) {
  placeHold(input: $input) {
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
