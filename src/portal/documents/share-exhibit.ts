// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type ShareExhibitData = { readonly shareExhibit: ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'SharingChanged'; } & { readonly id: string; }); };

export type ShareExhibitVariables = { readonly input: { readonly agencyId: string; readonly exhibitId: string; }; };

export const shareExhibitDocument: Document<ShareExhibitData, ShareExhibitVariables> = {
  id: '0458ef873b50761ddebc817c12024341b57b42f39c342c0873c59138ac714401',
  text: `mutation ShareExhibit($input: ShareExhibitInput!) {
  shareExhibit(input: $input) {
    __typename
    ... on SharingChanged {
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
