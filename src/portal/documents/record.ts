// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RecordParts, WorkspaceHead } from './fragments.js';

export type RecordData = { readonly workspace: WorkspaceHead | null; readonly record: ({ readonly workspaceId: string; readonly versions: readonly ({ readonly version: number; readonly title: string; readonly body: string; readonly savedAt: string | Date; readonly savedBy: string; })[]; } & RecordParts) | null; };

export type RecordVariables = { readonly id: string; readonly recordId: string; };

export const recordDocument: Document<RecordData, RecordVariables> = {
  id: '8100742d93b5c3595d0dad4af5c4fdc6e7f670749fece36e8e60035f426a9a00',
  text: `query Record($id: ID!, $recordId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  record(id: $recordId) {
    ...RecordParts
    workspaceId
    versions {
      version
      title
      body
      savedAt
      savedBy
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

fragment RecordParts on RecordItem {
  id
  title
  body
  version
  savedAt
  savedBy
  marking {
    ...MarkingParts
  }
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
