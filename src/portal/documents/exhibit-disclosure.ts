// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ExhibitRow, ReviewParts, WorkspaceHead } from './fragments.js';

export type ExhibitDisclosureData = { readonly workspace: WorkspaceHead | null; readonly exhibit: ({ readonly workspaceId: string; } & ExhibitRow) | null; readonly exhibitDisclosure: { readonly canReview: boolean; readonly reviews: readonly ReviewParts[]; } | null; };

export type ExhibitDisclosureVariables = { readonly id: string; readonly exhibitId: string; };

export const exhibitDisclosureDocument: Document<ExhibitDisclosureData, ExhibitDisclosureVariables> = {
  id: 'a28974f0f81717e8a884722eee0e408c08b82302b290b85f3c527f14ba880edf',
  text: `query ExhibitDisclosure($id: ID!, $exhibitId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  exhibit(id: $exhibitId) {
    ...ExhibitRow
    workspaceId
  }
  exhibitDisclosure(id: $exhibitId) {
    canReview
    reviews {
      ...ReviewParts
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

fragment ReviewParts on DisclosureReview {
  seq
  class
  result
  ground
  reason
  reviewedBy
  agency
  reviewedAt
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
