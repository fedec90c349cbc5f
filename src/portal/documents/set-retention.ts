// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type SetRetentionData = { readonly setRetention: ({ readonly __typename: 'Kept'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type SetRetentionVariables = { readonly input: { readonly exhibitId: string; readonly group: string; readonly reason: string; readonly reviewOn?: string | null; }; };

export const setRetentionDocument: Document<SetRetentionData, SetRetentionVariables> = {
  id: '2452ee6381cdee62a973cb2d715d07918a1b1b94777c0a6b1ff7c573994f9029',
  text: `mutation SetRetention($input: SetRetentionInput!) {
  setRetention(input: $input) {
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
