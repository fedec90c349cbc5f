// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { TimelineParts, WorkspaceHead } from './fragments.js';

export type OverviewData = { readonly workspace: ({ readonly summary: string; readonly purpose: string; readonly openedAt: string | Date; readonly openedBy: string; readonly counts: { readonly notes: number; readonly records: number; readonly findings: number; readonly exhibits: number; }; } & WorkspaceHead) | null; readonly timeline: { readonly nodes: readonly TimelineParts[]; }; };

export type OverviewVariables = { readonly id: string; };

export const overviewDocument: Document<OverviewData, OverviewVariables> = {
  id: '97123e7611a341af863990143adfd0c83952153c28d857cffd4143ccb3ac3221',
  text: `query Overview($id: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
    summary
    purpose
    openedAt
    openedBy
    counts {
      notes
      records
      findings
      exhibits
    }
  }
  timeline(workspaceId: $id, first: 5) {
    nodes {
      ...TimelineParts
    }
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}

fragment MarkingParts on Marking {
  text
  sensitive
  descriptors
  handling
  originator {
    ...AgencyParts
  }
  releasableTo {
    ...AgencyParts
  }
}

fragment MemberParts on Member {
  agency {
    ...AgencyParts
  }
  lead
  since
  until
  agreement
  clause
  purpose
}

fragment TimelineParts on TimelineEvent {
  id
  at
  what
  title
  who
  agency
  marking
  itemId
}

fragment WorkspaceHead on Workspace {
  id
  reference
  title
  status
  marking {
    ...MarkingParts
  }
  highestMarking
  statedPurpose
  leadAgency {
    ...AgencyParts
  }
  business {
    name
    address
    postcode
    fhrsId
  }
  members {
    ...MemberParts
  }
  can {
    invite
    addNote
    saveRecord
    recordFinding
    addExhibit
  }
}`,
};
