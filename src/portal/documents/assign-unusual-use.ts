// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type AssignUnusualUseData = { readonly assignUnusualUse: ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'UnusualUse'; } & { readonly id: string; }); };

export type AssignUnusualUseVariables = { readonly input: { readonly id: string; readonly personId: string; }; };

export const assignUnusualUseDocument: Document<AssignUnusualUseData, AssignUnusualUseVariables> = {
  id: '95ae40398399d013332ae6c24848e37c94700ab0640029048bedc4f761f892ed',
  text: `mutation AssignUnusualUse($input: AssignUnusualUseInput!) {
  assignUnusualUse(input: $input) {
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
