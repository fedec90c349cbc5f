// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ExhibitRow, WorkspaceHead } from './fragments.js';

export type ExhibitViewData = { readonly workspace: WorkspaceHead | null; readonly exhibit: ({ readonly workspaceId: string; readonly sha256: string; readonly contentPath: string; readonly opensHere: boolean; readonly preview: { readonly kind: string; readonly path: string; readonly shownBytes: number; } | null; } & ExhibitRow) | null; };

export type ExhibitViewVariables = { readonly id: string; readonly exhibitId: string; };

export const exhibitViewDocument: Document<ExhibitViewData, ExhibitViewVariables> = {
  id: '52c39b275a3ab7f601e0bc1c6cc1ce7842ad54f4f531372434bfe1115ac095d7',
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
