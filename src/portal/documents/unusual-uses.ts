// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { UnusualUseRow } from './fragments.js';

export type UnusualUsesData = { readonly unusualUses: { readonly nodes: readonly UnusualUseRow[]; readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean; }; }; };

export type UnusualUsesVariables = { readonly state: string; readonly after?: string | null; };

export const unusualUsesDocument: Document<UnusualUsesData, UnusualUsesVariables> = {
  id: 'ebe423ebbd76cb2b0e1544c5c19a5b4629fd9feecdaa0f8f71f49e2123939f34',
  text: `query UnusualUses($state: String!, $after: String) {
  unusualUses(state: $state, first: 25, after: $after) {
    nodes {
      ...UnusualUseRow
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}

fragment UnusualUseRow on UnusualUse {
  id
  rule
  words
  evidence
  verb
  happenedAt
  foundAt
  person
  agency {
    ...AgencyParts
  }
  workspaceReference
  sides {
    agency {
      ...AgencyParts
    }
    assignee
    assignedAt
    answer
    answeredAt
    outcome
    closing
    closedBy
    closedAt
  }
}`,
};
