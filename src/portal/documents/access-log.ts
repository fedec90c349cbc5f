// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { EntryRow, PageParts, WorkspaceHead } from './fragments.js';

export type AccessLogData = { readonly workspace: WorkspaceHead | null; readonly accessLog: { readonly nodes: readonly EntryRow[]; readonly pageInfo: PageParts; }; };

export type AccessLogVariables = { readonly id: string; readonly after?: string | null; };

export const accessLogDocument: Document<AccessLogData, AccessLogVariables> = {
  id: '2146d3532319ffddcd48edabb229983593f896e307672bdbca8f79809d3e89e3',
  text: `query AccessLog($id: ID!, $after: String) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  accessLog(workspaceId: $id, first: 25, after: $after) {
    nodes {
      ...EntryRow
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

fragment EntryRow on AuditEntry {
  id
  index
  at
  verb
  category
  outcome
  personId
  person
  agency
  workspaceReference
  subjectKind
  subjectId
  subjectTitle
  subjectMarking
  clause
  purpose
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
