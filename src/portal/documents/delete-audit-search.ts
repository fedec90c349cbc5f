// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type DeleteAuditSearchData = { readonly deleteAuditSearch: ({ readonly __typename: 'AuditSearch'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type DeleteAuditSearchVariables = { readonly id: string; };

export const deleteAuditSearchDocument: Document<DeleteAuditSearchData, DeleteAuditSearchVariables> = {
  id: 'fe1fd9bfc1e2ad79d43bff4751d5b1a3592be0b0e8c1fc2f84e79dd5a213bd76',
  text: `mutation DeleteAuditSearch($id: ID!) {
  deleteAuditSearch(id: $id) {
    __typename
    ... on Refused {
      ...RefusedParts
    }
    ... on AuditSearch {
      id
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
