// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type AddNoteData = { readonly addNote: ({ readonly __typename: 'Item'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type AddNoteVariables = { readonly input: { readonly body: string; readonly marking: { readonly descriptors?: readonly string[]; readonly handling?: readonly string[]; readonly releasableTo?: readonly string[] | null; readonly sensitive: boolean; }; readonly title: string; readonly workspaceId: string; }; };

export const addNoteDocument: Document<AddNoteData, AddNoteVariables> = {
  id: 'ed2471a2c3e3067f60cb6fddd2308d54199e4bc9f62b13611034f87945a07643',
  text: `mutation AddNote($input: AddNoteInput!) {
  addNote(input: $input) {
    __typename
    ... on Item {
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
