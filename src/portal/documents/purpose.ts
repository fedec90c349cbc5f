// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { WorkspaceHead } from './fragments.js';

export type PurposeData = { readonly workspace: ({ readonly purposes: readonly string[]; } & WorkspaceHead) | null; };

export type PurposeVariables = { readonly id: string; };

export const purposeDocument: Document<PurposeData, PurposeVariables> = {
  id: '101d5e4fec99fd4deea6dd69646d0bf1834de667c48f74b937080213fcb1caba',
  text: `query Purpose($id: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
    purposes
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
