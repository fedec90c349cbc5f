// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type ClassifyItemData = { readonly classifyItem: ({ readonly __typename: 'Item'; } & { readonly id: string; readonly marking: { readonly text: string; }; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type ClassifyItemVariables = { readonly input: { readonly id: string; readonly marking: { readonly descriptors?: readonly string[]; readonly handling?: readonly string[]; readonly releasableTo?: readonly string[] | null; readonly sensitive: boolean; }; readonly reason: string; readonly version: number; }; };

export const classifyItemDocument: Document<ClassifyItemData, ClassifyItemVariables> = {
  id: 'd6fdec62028cf92c3954cd7769acf0a13658fae05fd3611d1c6bca4e08d83fc7',
  text: `mutation ClassifyItem($input: ClassifyItemInput!) {
  classifyItem(input: $input) {
    __typename
    ... on Item {
      id
      marking {
        text
      }
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
