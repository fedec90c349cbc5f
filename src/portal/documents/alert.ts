// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AlertRow } from './fragments.js';

export type AlertData = { readonly alert: ({ readonly deliveries: readonly ({ readonly channel: string; readonly state: string; readonly at: string | Date; })[]; readonly can: { readonly acknowledge: boolean; }; } & AlertRow) | null; };

export type AlertVariables = { readonly id: string; };

export const alertDocument: Document<AlertData, AlertVariables> = {
  id: '2ad1cb3cd6c3584ce8f40563c58aa437ece385928f74cd298bfa6e972d89b740',
  text: `query Alert($id: ID!) {
  alert(id: $id) {
    ...AlertRow
    deliveries {
      channel
      state
      at
    }
    can {
      acknowledge
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
}`,
};
