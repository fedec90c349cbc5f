// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { PageParts, TimelineParts, WorkspaceHead } from './fragments.js';

export type TimelineData = { readonly workspace: WorkspaceHead | null; readonly timeline: { readonly nodes: readonly TimelineParts[]; readonly pageInfo: PageParts; }; };

export type TimelineVariables = { readonly id: string; readonly after?: string | null; };

export const timelineDocument: Document<TimelineData, TimelineVariables> = {
  id: 'afc82cadc4c7db4ff3051f15f17e7cb4a3bf73e83ba4c89252e7f4e6d5095b95',
  text: `query Timeline($id: ID!, $after: String) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  timeline(workspaceId: $id, first: 25, after: $after) {
    nodes {
      ...TimelineParts
    }
    pageInfo {
      ...PageParts
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

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
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
