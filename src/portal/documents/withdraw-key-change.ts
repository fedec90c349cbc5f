// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type WithdrawKeyChangeData = { readonly withdrawKeyChange: ({ readonly __typename: 'KeyChangeMade'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type WithdrawKeyChangeVariables = { readonly id: string; };

export const withdrawKeyChangeDocument: Document<WithdrawKeyChangeData, WithdrawKeyChangeVariables> = {
  id: 'd1e9c1d264a5b88d2250645ea365ce3d018e07aad24a7fa0c9bacd1aeb75d706',
  text: `mutation WithdrawKeyChange($id: ID!) {
  withdrawKeyChange(id: $id) {
    __typename
    ... on KeyChangeMade {
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
