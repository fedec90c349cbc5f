// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ExhibitRow, PageParts, WorkspaceHead } from './fragments.js';

export type BundleData = { readonly workspace: WorkspaceHead | null; readonly exhibits: { readonly nodes: readonly ExhibitRow[]; readonly pageInfo: PageParts; }; };

export type BundleVariables = { readonly id: string; };

export const bundleDocument: Document<BundleData, BundleVariables> = {
  id: 'e13fef2bac3128173342a7686cb297f9fa601178ee9ee1073269c53afecb1206',
  text: `query Bundle($id: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  exhibits(workspaceId: $id, first: 100) {
    nodes {
      ...ExhibitRow
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
