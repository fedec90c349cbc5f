// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type ApproveKeyChangeData = { readonly approveKeyChange: ({ readonly __typename: 'KeyChangeMade'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type ApproveKeyChangeVariables = { readonly id: string; };

export const approveKeyChangeDocument: Document<ApproveKeyChangeData, ApproveKeyChangeVariables> = {
  id: '64de41c28096c44bdc3a1dc52840d9cb675426205337ca2027d50dfd46537176',
  text: `mutation ApproveKeyChange($id: ID!) {
  approveKeyChange(id: $id) {
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
