// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ItemParts, PageParts, WorkspaceHead } from './fragments.js';

export type ItemsData = { readonly workspace: WorkspaceHead | null; readonly items: { readonly nodes: readonly ItemParts[]; readonly pageInfo: PageParts; }; };

export type ItemsVariables = { readonly id: string; readonly kind?: string | null; readonly after?: string | null; };

export const itemsDocument: Document<ItemsData, ItemsVariables> = {
  id: '528a8d96a17fd6b7195d54eb8b1a20f0da39f98606319b1a10ff8ae3b348e3a4',
  text: `query Items($id: ID!, $kind: String, $after: String) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  items(workspaceId: $id, kind: $kind, first: 25, after: $after) {
    nodes {
      ...ItemParts
    }
    pageInfo {
      ...PageParts
    }
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

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
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
