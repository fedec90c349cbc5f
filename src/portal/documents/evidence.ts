// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ExhibitRow, PageParts, WorkspaceHead } from './fragments.js';

export type EvidenceData = { readonly workspace: WorkspaceHead | null; readonly exhibits: { readonly nodes: readonly ExhibitRow[]; readonly room: { readonly files: number; readonly bytes: number; readonly mostFiles: number; readonly mostBytes: number; } | null; readonly pageInfo: PageParts; }; };

export type EvidenceVariables = { readonly id: string; readonly after?: string | null; };

export const evidenceDocument: Document<EvidenceData, EvidenceVariables> = {
  id: '95dad4ba3197ee1ed970939967e0de02f2cac04b8d6f66f6797db9fb5a6c189c',
  text: `query Evidence($id: ID!, $after: String) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  exhibits(workspaceId: $id, first: 25, after: $after) {
    nodes {
      ...ExhibitRow
    }
    room {
      files
      bytes
      mostFiles
      mostBytes
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

fragment ExhibitRow on Exhibit {
  id
  reference
  title
  form
  seal
  holder {
    name
    agency
  }
  fileName
  mediaType
  sizeBytes
  marking {
    ...MarkingParts
  }
  producedBy
  agency {
    ...AgencyParts
  }
  depositedAt
  scan {
    state
    code
    at
    sealed
    reviewPath
  }
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
