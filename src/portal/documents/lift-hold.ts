// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type LiftHoldData = { readonly liftHold: ({ readonly __typename: 'Kept'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type LiftHoldVariables = { readonly input: { readonly id: string; readonly reason: string; }; };

export const liftHoldDocument: Document<LiftHoldData, LiftHoldVariables> = {
  id: 'a3a3fffd4f7099c518e39db17b25fbe89eeefd867e032ea227beb3cc536a5ae4',
  text: `mutation LiftHold($input: LiftHoldInput!) {
  liftHold(input: $input) {
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
