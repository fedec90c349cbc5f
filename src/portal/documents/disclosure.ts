// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ReviewParts, WorkspaceHead } from './fragments.js';

export type DisclosureData = { readonly workspace: WorkspaceHead | null; readonly disclosureSchedule: { readonly version: number | null; readonly current: boolean; readonly since: readonly { readonly exhibitId: string; readonly reference: string; readonly title: string; readonly what: string; }[]; readonly lines: readonly ({ readonly exhibitId: string; readonly reference: string; readonly title: string; readonly producedBy: string; readonly agency: string; readonly marking: string; readonly disposed: boolean; readonly canReview: boolean; readonly review: ReviewParts | null; })[]; readonly versions: readonly ({ readonly version: number; readonly signedBy: string; readonly agency: string; readonly signedAt: string | Date; readonly statement: string; })[]; readonly state: string; readonly cut: boolean; readonly canSign: boolean; } | null; };

export type DisclosureVariables = { readonly id: string; readonly version?: number | null; };

export const disclosureDocument: Document<DisclosureData, DisclosureVariables> = {
  id: 'f59d9dde2772208515e2360147c8d30d0529554b509d588e78d10acf855cf3cd',
  text: `query Disclosure($id: ID!, $version: Int) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  disclosureSchedule(id: $id, version: $version) {
    version
    current
    since {
      exhibitId
      reference
      title
      what
    }
    lines {
      exhibitId
      reference
      title
      producedBy
      agency
      marking
      disposed
      canReview
      review {
        ...ReviewParts
      }
    }
    versions {
      version
      signedBy
      agency
      signedAt
      statement
    }
    state
    cut
    canSign
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
