// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { WorkspaceHead } from './fragments.js';

export type UploadData = { readonly workspace: WorkspaceHead | null; readonly uploadTicket: { readonly id: string; readonly state: string; readonly reference: string; readonly uploadPath: string; readonly formPath: string; readonly offset: number; readonly sizeBytes: number | null; readonly limitBytes: number; readonly expiresAt: string | Date; readonly exhibitId: string | null; } | null; };

export type UploadVariables = { readonly id: string; readonly ticketId: string; };

export const uploadDocument: Document<UploadData, UploadVariables> = {
  id: 'bf7b5a82252bc8f8e67c4b29848fd813800f28ea402b544ab76673f43ec67c8a',
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
