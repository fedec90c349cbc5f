// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { PageParts } from './fragments.js';

export type ReviewData = { readonly exhibitsToReview: { readonly nodes: readonly { readonly id: string; readonly workspaceId: string; readonly workspaceReference: string; readonly reference: string; readonly title: string; readonly marking: string; readonly group: string; readonly reviewOn: string; readonly held: boolean; }[]; readonly pageInfo: PageParts; readonly count: number; } | null; };

export type ReviewVariables = { readonly after?: string | null; };

export const reviewDocument: Document<ReviewData, ReviewVariables> = {
  id: 'f34795fb2e0a7a3328c72d7b5e81987a6125b6e03edfeaff48c2588dee0b1a4c',
  text: `query Review($after: String) {
  exhibitsToReview(first: 25, after: $after) {
    nodes {
      id
      workspaceId
      workspaceReference
      reference
      title
      marking
      group
      reviewOn
      held
    }
    pageInfo {
      ...PageParts
    }
    count
  }
}

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
}`,
};
