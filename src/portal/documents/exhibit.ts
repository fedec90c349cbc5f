// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ExhibitRow, WorkspaceHead } from './fragments.js';

export type ExhibitData = { readonly workspace: WorkspaceHead | null; readonly exhibit: ({ readonly workspaceId: string; readonly description: string; readonly sha256: string | null; readonly contentPath: string | null; readonly opensHere: boolean; readonly proof: { readonly checkedAt: string | Date; readonly outcome: string; readonly provenAt: string | Date | null; } | null; readonly sealedPath: string | null; readonly preview: { readonly kind: string; } | null; readonly location: string | null; readonly relation: string | null; readonly derivedFrom: { readonly id: string; readonly reference: string; } | null; readonly derived: readonly { readonly id: string; readonly reference: string; readonly title: string; readonly relation: string; }[]; readonly offer: { readonly at: string | Date; readonly by: { readonly name: string; readonly agency: string; }; readonly to: string; } | null; readonly can: { readonly acts: readonly string[]; readonly offer: boolean; readonly answer: boolean; readonly withdraw: boolean; readonly dispose: boolean; readonly decide: boolean; }; readonly holds: readonly ({ readonly id: string; readonly onAll: boolean; readonly reason: string; readonly placedBy: string; readonly agency: string; readonly agencyId: string; readonly placedAt: string | Date; })[]; readonly disposal: { readonly state: string; readonly rule: string; readonly reason: string; readonly beforeReview: string | null; readonly proposedBy: string; readonly proposedAt: string | Date; readonly decidedBy: string | null; readonly decidedAt: string | Date | null; readonly decidedFor: string | null; readonly certificatePath: string | null; } | null; readonly retention: { readonly group: string; readonly reviewOn: string; readonly reason: string; readonly setBy: string; readonly setAt: string | Date; } | null; readonly custody: readonly ({ readonly seq: number; readonly act: string; readonly at: string | Date; readonly by: string; readonly agency: string; readonly roles: readonly string[]; readonly happenedAt: string | Date | null; readonly doneBy: string | null; readonly from: string | null; readonly to: string | null; readonly location: string | null; readonly reason: string | null; readonly sealBefore: string | null; readonly sealAfter: string | null; readonly about: string | null; readonly signer: string | null; readonly hash: string; readonly previousHash: string; })[]; } & ExhibitRow) | null; };

export type ExhibitVariables = { readonly id: string; readonly exhibitId: string; };

export const exhibitDocument: Document<ExhibitData, ExhibitVariables> = {
  id: 'f6c45d8a8ca854a50445b40f3e4c6ef45db11ee6efce9d62d20790280829cb4f',
  text: `query Exhibit($id: ID!, $exhibitId: ID!) {
  workspace(id: $id) {
    ...WorkspaceHead
  }
  exhibit(id: $exhibitId) {
    ...ExhibitRow
    workspaceId
    description
    sha256
    contentPath
    opensHere
    proof {
      checkedAt
      outcome
      provenAt
    }
    sealedPath
    preview {
      kind
    }
    location
    relation
    derivedFrom {
      id
      reference
    }
    derived {
      id
      reference
      title
      relation
    }
    offer {
      at
      by {
        name
        agency
      }
      to
    }
    can {
      acts
      offer
      answer
      withdraw
      dispose
      decide
    }
    holds {
      id
      onAll
      reason
      placedBy
      agency
      agencyId
      placedAt
    }
    disposal {
      state
      rule
      reason
      beforeReview
      proposedBy
      proposedAt
      decidedBy
      decidedAt
      decidedFor
      certificatePath
    }
    retention {
      group
      reviewOn
      reason
      setBy
      setAt
    }
    custody {
      seq
      act
      at
      by
      agency
      roles
      happenedAt
      doneBy
      from
      to
      location
      reason
      sealBefore
      sealAfter
      about
      signer
      hash
      previousHash
    }
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}

fragment ExhibitRow on Exhibit {
  id
  reference
  title
  form
  seal
  holder {
    name
    agency
  }
  fileName
  mediaType
  sizeBytes
  marking {
    ...MarkingParts
  }
  producedBy
  agency {
    ...AgencyParts
  }
  depositedAt
  scan {
    state
    code
    at
    sealed
    reviewPath
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
