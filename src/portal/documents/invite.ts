// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts, WorkspaceHead } from './fragments.js';

export type InviteData = { readonly workspace: WorkspaceHead | null; readonly agreements: readonly ({ readonly id: string; readonly reference: string; readonly title: string; readonly validTo: string | Date; readonly ceiling: string; readonly parties: readonly AgencyParts[]; readonly clauses: readonly { readonly id: string; readonly code: string; readonly purpose: string; readonly gateway: string; readonly category: string; readonly words: string; }[]; })[]; };

export type InviteVariables = { readonly id: string; };

export const inviteDocument: Document<InviteData, InviteVariables> = {
  id: 'f787d27428fd36cf5dbfbe04a08baea040e62a266a6846ca1e655529c1af6280',
  text: `query Invite($id: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  agreements {
    id
    reference
    title
    validTo
    ceiling
    parties {
      ...AgencyParts
    }
    clauses {
      id
      code
      purpose
      gateway
      category
      words
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
