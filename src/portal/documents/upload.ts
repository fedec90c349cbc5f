// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { WorkspaceHead } from './fragments.js';

export type UploadData = { readonly workspace: WorkspaceHead | null; readonly uploadTicket: { readonly id: string; readonly state: string; readonly reference: string; readonly uploadPath: string; readonly formPath: string; readonly offset: number; readonly sizeBytes: number | null; readonly limitBytes: number; readonly expiresAt: string | Date; readonly exhibitId: string | null; } | null; };

export type UploadVariables = { readonly id: string; readonly ticketId: string; };

export const uploadDocument: Document<UploadData, UploadVariables> = {
  id: '60427c01e16c83c873508322fabae9fab71c9cc009fbd1cfea94a29d9aa13aa1',
  text: `query Upload($id: ID!, $ticketId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  uploadTicket(id: $ticketId) {
    id
    state
    reference
    uploadPath
    formPath
    offset
    sizeBytes
    limitBytes
    expiresAt
    exhibitId
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
