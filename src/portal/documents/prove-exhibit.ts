// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type ProveExhibitData = { readonly proveExhibit: ({ readonly __typename: 'Kept'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type ProveExhibitVariables = { readonly id: string; };

export const proveExhibitDocument: Document<ProveExhibitData, ProveExhibitVariables> = {
  id: '427c2954bade6f8a67d3dc1853798eed7c455b657bd930868745fd95fa260ec6',
  text: `mutation ProveExhibit($id: ID!) {
  proveExhibit(id: $id) {
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
