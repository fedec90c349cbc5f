// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { WorkspaceHead } from './fragments.js';

export type WorkspaceData = { readonly workspace: WorkspaceHead | null; };

export type WorkspaceVariables = { readonly id: string; };

export const workspaceDocument: Document<WorkspaceData, WorkspaceVariables> = {
  id: 'c3b4ef2d3910013ac900ce80ab136488c2b7c92409d925f8752bd34f2766c61e',
  text: `query Workspace($id: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
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
