// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AlertRow, PageParts } from './fragments.js';

export type AlertsData = { readonly alerts: { readonly openCount: number; readonly nodes: readonly AlertRow[]; readonly pageInfo: PageParts; }; };

export type AlertsVariables = { readonly state: string; readonly after?: string | null; };

export const alertsDocument: Document<AlertsData, AlertsVariables> = {
  id: 'a78aa244631124fbc73b3187f0c6ce80d7c209c013b96f6ad87633d7a33b830a',
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
  marking
  acknowledgedAt
  acknowledgedBy
}

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
}`,
};
