// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ItemPastParts, WorkspaceHead } from './fragments.js';

export type ItemPastInCaseData = { readonly workspace: WorkspaceHead | null; readonly itemPast: ItemPastParts | null; };

export type ItemPastInCaseVariables = { readonly id: string; readonly itemId: string; readonly at: string | Date; };

export const itemPastInCaseDocument: Document<ItemPastInCaseData, ItemPastInCaseVariables> = {
  id: 'd3f81307fea083be5ba5cefcd6055cd8c87c98f570b550f539faf3f9f4001b9d',
  text: `query ItemPastInCase($id: ID!, $itemId: ID!, $at: DateTime!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  itemPast(id: $itemId, at: $at) {
    ...ItemPastParts
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}

fragment ItemPastParts on ItemPast {
  workspaceId
  marking
  parts {
    name
    value
    how
    entry {
      ...ItemStateEntryParts
    }
  }
  invited {
    ...ItemStateEntryParts
  }
}

fragment ItemStateEntryParts on ItemStateEntry {
  id
  at
  verb
  person
  agency
  recipients
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
