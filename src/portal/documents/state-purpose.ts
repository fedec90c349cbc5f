// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type StatePurposeData = { readonly statePurpose: ({ readonly __typename: 'PurposeStated'; } & { readonly workspaceId: string; } & RefusedParts) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type StatePurposeVariables = { readonly input: { readonly purpose: string; readonly workspaceId: string; }; };

export const statePurposeDocument: Document<StatePurposeData, StatePurposeVariables> = {
  id: '9c54bc4f94590cdd37dfa0e9e693205192c38a92907779ad52a5da620bc0932d',
  text: `mutation StatePurpose($input: StatePurposeInput!) {
  statePurpose(input: $input) {
    __typename
    ... on PurposeStated {
      workspaceId
    }
    ...RefusedParts
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
