// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RecallRow } from './fragments.js';

export type RecallsData = { readonly recalls: readonly RecallRow[]; };

export type RecallsVariables = Record<string, never>;

export const recallsDocument: Document<RecallsData, RecallsVariables> = {
  id: '7bd18265b103705d4aa62b13208bb84ad6fb494aefe440f1d526853ba872b7ff',
  text: `query Recalls {
  recalls {
    ...RecallRow
  }
}

fragment RecallRow on Recall {
  id
  from
  by
  recalledBy
  recalledAt
  workspaceReference
  reference
  title
  marking
  reason
  why
  seen {
    person
    act
    at
  }
  copies
  answer
  answeredBy
  answeredAt
}`,
};
