// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ExhibitRow, RecallRow, WorkspaceHead } from './fragments.js';

export type ExhibitSharingData = { readonly workspace: WorkspaceHead | null; readonly exhibit: ({ readonly workspaceId: string; } & ExhibitRow) | null; readonly exhibitSharing: { readonly agencies: readonly ({ readonly agency: { readonly id: string; readonly name: string; }; readonly isOriginator: boolean; readonly sees: boolean; readonly opensSince: string | Date | null; readonly agreement: string | null; readonly clause: string | null; readonly seen: readonly ({ readonly person: string; readonly act: string; readonly at: string | Date; })[]; })[]; readonly recalls: readonly RecallRow[]; } | null; };

export type ExhibitSharingVariables = { readonly id: string; readonly exhibitId: string; };

export const exhibitSharingDocument: Document<ExhibitSharingData, ExhibitSharingVariables> = {
  id: '1c6ee84d517aa5f461dd4e2a0b84f9d3519cc4ad7ff61f123b1d22932032983a',
  text: `query ExhibitSharing($id: ID!, $exhibitId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  exhibit(id: $exhibitId) {
    ...ExhibitRow
    workspaceId
  }
  exhibitSharing(id: $exhibitId) {
    agencies {
      agency {
        id
        name
      }
      isOriginator
      sees
      opensSince
      agreement
      clause
      seen {
        person
        act
        at
      }
    }
    recalls {
      ...RecallRow
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
