// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts, WorkspaceHead } from './fragments.js';

export type InviteData = { readonly workspace: ({ readonly counts: { readonly notes: number; readonly records: number; readonly findings: number; readonly exhibits: number; }; } & WorkspaceHead) | null; readonly agreements: readonly ({ readonly id: string; readonly reference: string; readonly title: string; readonly validTo: string | Date; readonly ceiling: string; readonly parties: readonly AgencyParts[]; readonly clauses: readonly { readonly id: string; readonly code: string; readonly purpose: string; readonly gateway: string; readonly category: string; readonly words: string; }[]; })[]; };

export type InviteVariables = { readonly id: string; };

export const inviteDocument: Document<InviteData, InviteVariables> = {
  id: 'd4da7dfe67543d21a231d9e5554d2ba5b91d2d11d7d69d3205931e549763ee81',
  text: `query Invite($id: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
    counts {
      notes
      records
      findings
      exhibits
    }
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
