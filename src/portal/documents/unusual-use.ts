// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { UnusualUseRow } from './fragments.js';

export type UnusualUseData = { readonly unusualUse: ({ readonly ruleVersion: number; readonly entryId: string; readonly workspaceId: string | null; readonly can: { readonly assign: boolean; readonly answer: boolean; readonly close: boolean; }; readonly colleagues: readonly { readonly id: string; readonly name: string; }[]; } & UnusualUseRow) | null; };

export type UnusualUseVariables = { readonly id: string; };

export const unusualUseDocument: Document<UnusualUseData, UnusualUseVariables> = {
  id: '2b2a69587b41c2534cd4fcc4f67280b12d28bffd13c0cd4a3a61afe03c9ac929',
  text: `query UnusualUse($id: ID!) {
  unusualUse(id: $id) {
    ...UnusualUseRow
    ruleVersion
    entryId
    workspaceId
    can {
      assign
      answer
      close
    }
    colleagues {
      id
      name
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
