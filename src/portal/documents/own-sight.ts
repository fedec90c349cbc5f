// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { WorkspaceHead } from './fragments.js';

export type OwnSightData = { readonly workspace: WorkspaceHead | null; readonly ownSight: { readonly id: string; readonly workspaceId: string; readonly kind: string; readonly title: string; readonly marking: string; readonly owner: string; readonly reach: string; readonly roles: readonly string[]; readonly grounds: readonly ({ readonly kind: string; readonly agreement: string | null; readonly clause: string | null; readonly purpose: string | null; readonly gateway: string | null; readonly since: string | Date | null; readonly until: string | Date | null; })[]; } | null; };

export type OwnSightVariables = { readonly id: string; readonly itemId: string; };

export const ownSightDocument: Document<OwnSightData, OwnSightVariables> = {
  id: 'df20c51bc9fa039ad1c411e6d2dd2656ba0d04b4769e948faaf8b0fb92045304',
  text: `query OwnSight($id: ID!, $itemId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  ownSight(id: $itemId) {
    id
    workspaceId
    kind
    title
    marking
    owner
    reach
    roles
    grounds {
      kind
      agreement
      clause
      purpose
      gateway
      since
      until
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
