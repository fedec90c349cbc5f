// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type ProposeKeyChangeData = { readonly proposeKeyChange: ({ readonly __typename: 'KeyChangeMade'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type ProposeKeyChangeVariables = { readonly input: { readonly change: string; readonly fingerprint?: string | null; readonly publicKey?: string | null; readonly reason: string; }; };

export const proposeKeyChangeDocument: Document<ProposeKeyChangeData, ProposeKeyChangeVariables> = {
  id: '86ee0f40f84477c45e517cae4796999f1374c59c8fdbd56b707c0e9c41c03fc3',
  text: `mutation ProposeKeyChange($input: ProposeKeyChangeInput!) {
  proposeKeyChange(input: $input) {
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
