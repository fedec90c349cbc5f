// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type AcknowledgeAlertData = { readonly acknowledgeAlert: ({ readonly __typename: 'Alert'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type AcknowledgeAlertVariables = { readonly id: string; };

export const acknowledgeAlertDocument: Document<AcknowledgeAlertData, AcknowledgeAlertVariables> = {
  id: '3decdfe82a5659d0b1c90aa5c6a6fe8fc6144222ffc42f49b7202809c8a6b7d8',
  text: `mutation AcknowledgeAlert($id: ID!) {
  acknowledgeAlert(id: $id) {
    __typename
    ... on Alert {
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
