// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type SignScheduleData = { readonly signDisclosureSchedule: ({ readonly __typename: 'Kept'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type SignScheduleVariables = { readonly input: { readonly state: string; readonly statement: string; readonly workspaceId: string; }; };

export const signScheduleDocument: Document<SignScheduleData, SignScheduleVariables> = {
  id: '52fb85e1382be8512d5757b70342f019cd3dd606a75ae9d07c35d3d946a2037c',
  text: `mutation SignSchedule($input: SignDisclosureScheduleInput!) {
  signDisclosureSchedule(input: $input) {
    __typename
    ... on Kept {
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
