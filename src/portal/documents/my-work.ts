// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AlertRow, WorkspaceRow } from './fragments.js';

export type MyWorkData = { readonly alerts: { readonly openCount: number; readonly nodes: readonly AlertRow[]; }; readonly workspaces: { readonly nodes: readonly WorkspaceRow[]; }; };

export type MyWorkVariables = Record<string, never>;

export const myWorkDocument: Document<MyWorkData, MyWorkVariables> = {
  id: 'b81c73613bc1ad8f468b6139cba5eda1fcf948650933afc6a66efe044843b552',
  text: `query MyWork {
  alerts(state: "open", first: 25) {
    openCount
    nodes {
      ...AlertRow
    }
  }
  workspaces(tab: "mine", first: 10) {
    nodes {
      ...WorkspaceRow
    }
  }
}

fragment AlertRow on Alert {
  id
  reference
  urgency
  raisedAt
  post
  workspaceId
  workspaceReference
  workspaceTitle
  findingId
  findingTitle
  marking {
    text
  }
  acknowledgedAt
  acknowledgedBy
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
