// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ExhibitRow, WorkspaceHead } from './fragments.js';

export type ExhibitData = { readonly workspace: WorkspaceHead | null; readonly exhibit: ({ readonly workspaceId: string; readonly description: string; readonly sha256: string; readonly contentPath: string; readonly opensHere: boolean; readonly sealedPath: string; readonly preview: { readonly kind: string; } | null; readonly custody: readonly ({ readonly seq: number; readonly act: string; readonly at: string | Date; readonly by: string; readonly agency: string; readonly from: string | null; readonly to: string | null; readonly reason: string | null; readonly hash: string; readonly previousHash: string; })[]; } & ExhibitRow) | null; };

export type ExhibitVariables = { readonly id: string; readonly exhibitId: string; };

export const exhibitDocument: Document<ExhibitData, ExhibitVariables> = {
  id: '0f024795d7f353cefc45ce4cc0e0435992b00768d46709ba465b5553423e6c7e',
  text: `query Exhibit($id: ID!, $exhibitId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  exhibit(id: $exhibitId) {
    ...ExhibitRow
    workspaceId
    description
    sha256
    contentPath
    opensHere
    sealedPath
    preview {
      kind
    }
    custody {
      seq
      act
      at
      by
      agency
      from
      to
      reason
      hash
      previousHash
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
