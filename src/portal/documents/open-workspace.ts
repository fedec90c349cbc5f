// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type OpenWorkspaceData = { readonly openWorkspace: ({ readonly __typename: 'Workspace'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type OpenWorkspaceVariables = { readonly input: { readonly title: string; readonly summary: string; readonly business: { readonly name: string; readonly address: string; readonly postcode: string; readonly fhrsId?: string | null; }; readonly purpose: string; readonly marking: { readonly sensitive: boolean; readonly descriptors?: readonly string[]; readonly handling?: readonly string[]; readonly releasableTo?: readonly string[] | null; }; }; };

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
