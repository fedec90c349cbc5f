// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts, WorkspaceHead } from './fragments.js';

export type MembershipEndingData = { readonly workspace: WorkspaceHead | null; readonly membershipEnding: { readonly agency: AgencyParts; readonly isOwn: boolean; readonly unsettled: readonly { readonly reference: string; readonly title: string; readonly why: string; }[]; readonly reached: readonly ({ readonly id: string; readonly reference: string; readonly title: string; readonly marking: string; readonly seen: readonly ({ readonly person: string; readonly act: string; readonly at: string | Date; })[]; })[]; readonly brought: number; } | null; };

export type MembershipEndingVariables = { readonly id: string; readonly agencyId: string; };

export const membershipEndingDocument: Document<MembershipEndingData, MembershipEndingVariables> = {
  id: '1f396d21507bb8a321b8d6a808d8c2c617f9c4e46a0b8a732684c3843768585b',
  text: `query MembershipEnding($id: ID!, $agencyId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  membershipEnding(workspaceId: $id, agencyId: $agencyId) {
    agency {
      ...AgencyParts
    }
    isOwn
    unsettled {
      reference
      title
      why
    }
    reached {
      id
      reference
      title
      marking
      seen {
        person
        act
        at
      }
    }
    brought
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
