// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type CloseUnusualUseData = { readonly closeUnusualUse: ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'UnusualUse'; } & { readonly id: string; }); };

export type CloseUnusualUseVariables = { readonly input: { readonly conclusion: string; readonly id: string; readonly words: string; }; };

export const closeUnusualUseDocument: Document<CloseUnusualUseData, CloseUnusualUseVariables> = {
  id: '86dc977aebb836c68a54f109f778422f6d57be1e5877e1ff2cfb1a224e8110f1',
  text: `mutation CloseUnusualUse($input: CloseUnusualUseInput!) {
  closeUnusualUse(input: $input) {
    __typename
    ... on UnusualUse {
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
