// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type SaveAuditSearchData = { readonly saveAuditSearch: ({ readonly __typename: 'AuditSearch'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type SaveAuditSearchVariables = { readonly name: string; readonly filter: { readonly agencyCode?: string | null; readonly category?: readonly string[] | null; readonly clause?: string | null; readonly correlation?: string | null; readonly from?: string | Date | null; readonly itemId?: string | null; readonly outcome?: string | null; readonly person?: string | null; readonly purpose?: string | null; readonly subject?: string | null; readonly to?: string | Date | null; readonly verb?: readonly string[] | null; readonly workspaceReference?: string | null; }; };

export const saveAuditSearchDocument: Document<SaveAuditSearchData, SaveAuditSearchVariables> = {
  id: '3abefca7ab2b3e9a3c5e7cd4c30352b84821badf68ef29d259fe0eab4f7b1d08',
  text: `mutation SaveAuditSearch($name: String!, $filter: AuditFilter!) {
  saveAuditSearch(name: $name, filter: $filter) {
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
