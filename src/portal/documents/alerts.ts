// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AlertRow, PageParts } from './fragments.js';

export type AlertsData = { readonly alerts: { readonly openCount: number; readonly nodes: readonly AlertRow[]; readonly pageInfo: PageParts; }; };

export type AlertsVariables = { readonly state: string; readonly after?: string | null; };

export const alertsDocument: Document<AlertsData, AlertsVariables> = {
  id: '1f67f3ca34f20ba0f9e62d6bcdc9fc9096306911240a3b1556d330b329a2020f',
  text: `query Alerts($state: String!, $after: String) {
  alerts(state: $state, first: 25, after: $after) {
    openCount
    nodes {
      ...AlertRow
    }
    pageInfo {
      ...PageParts
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

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
}`,
};
