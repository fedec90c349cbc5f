// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AlertRow, RecallRow, UnusualUseRow, WorkspaceRow } from './fragments.js';

export type MyWorkData = { readonly alerts: { readonly openCount: number; readonly nodes: readonly AlertRow[]; }; readonly workspaces: { readonly nodes: readonly WorkspaceRow[]; }; readonly unusualUses: { readonly nodes: readonly UnusualUseRow[]; }; readonly custodyOffers: readonly ({ readonly id: string; readonly workspaceId: string; readonly workspaceReference: string; readonly reference: string; readonly title: string; readonly marking: string; readonly offeredBy: string; readonly agency: string; readonly offeredAt: string | Date; })[]; readonly recalls: readonly RecallRow[]; };

export type MyWorkVariables = Record<string, never>;

export const myWorkDocument: Document<MyWorkData, MyWorkVariables> = {
  id: 'f161595fe875f62ce9e1ff303e2a00c49412f72c30a0539c12bcc03c2213eb90',
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
  unusualUses(state: "mine", first: 25) {
    nodes {
      ...UnusualUseRow
    }
  }
  custodyOffers {
    id
    workspaceId
    workspaceReference
    reference
    title
    marking
    offeredBy
    agency
    offeredAt
  }
  recalls {
    ...RecallRow
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
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
