// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RecallRow, WorkspaceHead } from './fragments.js';

export type SharingData = { readonly workspace: WorkspaceHead | null; readonly formerMembers: readonly ({ readonly agency: string; readonly since: string | Date; readonly until: string | Date; readonly endedBy: string; readonly endedByAgency: string; readonly reason: string; readonly asked: readonly RecallRow[]; })[]; };

export type SharingVariables = { readonly id: string; };

export const sharingDocument: Document<SharingData, SharingVariables> = {
  id: '4a6909402b45ef785f64a42842f652424c4125cdb3ebfafe60d7401a7dea94c0',
  text: `query Sharing($id: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  formerMembers(workspaceId: $id) {
    agency
    since
    until
    endedBy
    endedByAgency
    reason
    asked {
      ...RecallRow
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
