// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ExhibitRow, WorkspaceHead } from './fragments.js';

export type ExhibitViewData = { readonly workspace: WorkspaceHead | null; readonly exhibit: ({ readonly workspaceId: string; readonly sha256: string | null; readonly contentPath: string | null; readonly opensHere: boolean; readonly preview: { readonly kind: string; readonly path: string; readonly shownBytes: number; } | null; } & ExhibitRow) | null; };

export type ExhibitViewVariables = { readonly id: string; readonly exhibitId: string; };

export const exhibitViewDocument: Document<ExhibitViewData, ExhibitViewVariables> = {
  id: '3dfd6281386a244f9b40e5fd190c6b00a9816c4b050b875450ee6f9aeec0f118',
  text: `query ExhibitView($id: ID!, $exhibitId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  exhibit(id: $exhibitId) {
    ...ExhibitRow
    workspaceId
    sha256
    contentPath
    opensHere
    preview {
      kind
      path
      shownBytes
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
