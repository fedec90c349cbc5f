// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RecallRow } from './fragments.js';

export type RecallsData = { readonly recalls: readonly RecallRow[]; };

export type RecallsVariables = Record<string, never>;

export const recallsDocument: Document<RecallsData, RecallsVariables> = {
  id: '0c806dcc538897bf60746c09a8eff1288bc021a1a2a0707fecac9125106c9779',
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
