// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ItemParts, WorkspaceHead } from './fragments.js';

export type ItemData = { readonly workspace: WorkspaceHead | null; readonly item: ({ readonly workspaceId: string; } & ItemParts) | null; };

export type ItemVariables = { readonly id: string; readonly itemId: string; };

export const itemDocument: Document<ItemData, ItemVariables> = {
  id: '9c4e10568ad87b5773aead4e230d44408a0f094f56fd2f11725fa50bc01fef80',
  text: `query Item($id: ID!, $itemId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  item(id: $itemId) {
    workspaceId
    ...ItemParts
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}

fragment ItemParts on Item {
  id
  kind
  title
  text
  marking {
    ...MarkingParts
  }
  version
  createdAt
  createdBy
  agency {
    ...AgencyParts
  }
  finding {
    inspectedOn
    hygiene
    structure
    confidence
    imminentRisk
    rating
    ratingWords
    breach
    urgency
    rule
  }
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
