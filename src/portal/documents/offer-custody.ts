// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type OfferCustodyData = { readonly offerCustody: ({ readonly __typename: 'CustodyRecorded'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type OfferCustodyVariables = { readonly input: { readonly agencyId: string; readonly exhibitId: string; readonly location?: string | null; readonly person?: string | null; readonly reason?: string | null; }; };

export const offerCustodyDocument: Document<OfferCustodyData, OfferCustodyVariables> = {
  id: 'b9c18b76d44120d4b4c379a8ea8de59ecfe42e76efcdae5eb4fbe9b124d2c976',
  text: `mutation OfferCustody($input: OfferCustodyInput!) {
  offerCustody(input: $input) {
    __typename
    ... on CustodyRecorded {
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
