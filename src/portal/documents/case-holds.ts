// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { WorkspaceHead } from './fragments.js';

export type CaseHoldsData = { readonly workspace: WorkspaceHead | null; readonly caseHolds: readonly ({ readonly id: string; readonly reason: string; readonly placedBy: string; readonly agency: string; readonly agencyId: string; readonly placedAt: string | Date; })[] | null; };

export type CaseHoldsVariables = { readonly id: string; };

export const caseHoldsDocument: Document<CaseHoldsData, CaseHoldsVariables> = {
  id: 'f700825868f3e82ca8ad60213e6643dbc520b501a29f1df5d7c44acd50373154',
  text: `query CaseHolds($id: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  caseHolds(id: $id) {
    id
    reason
    placedBy
    agency
    agencyId
    placedAt
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
