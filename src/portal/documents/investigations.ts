// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { PageParts, WorkspaceRow } from './fragments.js';

export type InvestigationsData = { readonly workspaces: { readonly nodes: readonly WorkspaceRow[]; readonly pageInfo: PageParts; }; };

export type InvestigationsVariables = { readonly tab: string; readonly status?: string | null; readonly after?: string | null; };

export const investigationsDocument: Document<InvestigationsData, InvestigationsVariables> = {
  id: '8e4419abd68fd2fd0ac3c6aad4fc5919e80f6a0ca2f4388d87e1e931fe4ee62a',
  text: `query Investigations($tab: String!, $status: String, $after: String) {
  workspaces(tab: $tab, status: $status, first: 25, after: $after) {
    nodes {
      ...WorkspaceRow
    }
    pageInfo {
      ...PageParts
    }
  }
}

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
}

fragment WorkspaceRow on WorkspaceSummary {
  id
  reference
  title
  status
  marking
  leadAgency
  businessName
  openedAt
}`,
};
