// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts, WorkspaceHead } from './fragments.js';

export type InviteData = { readonly workspace: ({ readonly counts: { readonly notes: number; readonly records: number; readonly findings: number; readonly exhibits: number; }; } & WorkspaceHead) | null; readonly agreements: readonly ({ readonly id: string; readonly reference: string; readonly title: string; readonly validTo: string | Date; readonly ceiling: string; readonly parties: readonly AgencyParts[]; readonly clauses: readonly { readonly id: string; readonly code: string; readonly purpose: string; readonly gateway: string; readonly category: string; readonly words: string; }[]; })[]; };

export type InviteVariables = { readonly id: string; };

export const inviteDocument: Document<InviteData, InviteVariables> = {
  id: 'cb5caaf978b73f85b2e72dd30efb3d5db061f1e4ef57f584a25533b18a023547',
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
