// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type EndMembershipData = { readonly endMembership: ({ readonly __typename: 'MembershipEnded'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type EndMembershipVariables = { readonly input: { readonly agencyId: string; readonly reason: string; readonly workspaceId: string; }; };

export const endMembershipDocument: Document<EndMembershipData, EndMembershipVariables> = {
  id: '4ec64a1b49ca0407ca7cf68792c13b9925c7e2504c4b54652875b3195101141f',
  text: `mutation EndMembership($input: EndMembershipInput!) {
  endMembership(input: $input) {
    __typename
    ... on MembershipEnded {
      id
    }
    ... on Refused {
      ...RefusedParts
    }
  }
}

fragment RefusedParts on Refused {
  code
  message
  faults {
    field
    message
  }
}`,
};
