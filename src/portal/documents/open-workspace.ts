// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type OpenWorkspaceData = { readonly openWorkspace: ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'Workspace'; } & { readonly id: string; }); };

export type OpenWorkspaceVariables = { readonly input: { readonly business: { readonly address: string; readonly fhrsId?: string | null; readonly name: string; readonly postcode: string; }; readonly marking: { readonly descriptors?: readonly string[]; readonly handling?: readonly string[]; readonly releasableTo?: readonly string[] | null; readonly sensitive: boolean; }; readonly purpose: string; readonly summary: string; readonly title: string; }; };

export const openWorkspaceDocument: Document<OpenWorkspaceData, OpenWorkspaceVariables> = {
  id: '01f2d05ac26d5dc407053a340228d0315e283d1f71dd65f7d7c68023ab914150',
  text: `mutation OpenWorkspace($input: OpenWorkspaceInput!) {
  openWorkspace(input: $input) {
    __typename
    ... on Workspace {
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
