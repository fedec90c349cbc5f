// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { PageParts } from './fragments.js';

export type SearchData = { readonly search: { readonly nodes: readonly { readonly kind: string; readonly id: string; readonly workspaceId: string; readonly workspaceReference: string; readonly title: string; readonly snippet: string; readonly marking: string; }[]; readonly pageInfo: PageParts; }; };

export type SearchVariables = { readonly text: string; readonly after?: string | null; };

export const searchDocument: Document<SearchData, SearchVariables> = {
  id: '8c84ebff183ffab830af4f3695025354050bfe68633d86288d10523016d8c630',
  text: `query Search($text: String!, $after: String) {
  search(text: $text, first: 25, after: $after) {
    nodes {
      kind
      id
      workspaceId
      workspaceReference
      title
      snippet
      marking
    }
    pageInfo {
      ...PageParts
    }
  }
}

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
}`,
};
