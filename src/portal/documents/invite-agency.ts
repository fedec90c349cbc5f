// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type InviteAgencyData = { readonly inviteAgency: ({ readonly __typename: 'Member'; } & { readonly since: string | Date; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type InviteAgencyVariables = { readonly input: { readonly agencyId: string; readonly clauseId: string; readonly until?: string | Date | null; readonly workspaceId: string; }; };

export const inviteAgencyDocument: Document<InviteAgencyData, InviteAgencyVariables> = {
  id: '4923c6d5949b2749004ad3c0738ef1e25e8d0d72716f97a5270ca46a4e4d6f0a',
  text: `mutation InviteAgency($input: InviteAgencyInput!) {
  inviteAgency(input: $input) {
    __typename
    ... on Member {
      since
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
