// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type ReviewForDisclosureData = { readonly reviewForDisclosure: ({ readonly __typename: 'Kept'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type ReviewForDisclosureVariables = { readonly input: { readonly class: string; readonly exhibitId: string; readonly ground?: string | null; readonly reason: string; readonly result: string; readonly seen: number; }; };

export const reviewForDisclosureDocument: Document<ReviewForDisclosureData, ReviewForDisclosureVariables> = {
  id: '69d27e43d7554f74bc82b96527be9137829b9758ba63c7aeef4bcad56e90fe59',
  text: `mutation ReviewForDisclosure($input: ReviewForDisclosureInput!) {
  reviewForDisclosure(input: $input) {
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
