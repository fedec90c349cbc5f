// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ItemPastParts } from './fragments.js';

export type ItemPastData = { readonly itemPast: ItemPastParts | null; };

export type ItemPastVariables = { readonly id: string; readonly at: string | Date; };

export const itemPastDocument: Document<ItemPastData, ItemPastVariables> = {
  id: '544b4824fa0d4f191467627d2d00373d02360d447f11c3e7d9f448cce4d02160',
  text: `query ItemPast($id: ID!, $at: DateTime!) {
  itemPast(id: $id, at: $at) {
    ...ItemPastParts
  }
}

fragment ItemPastParts on ItemPast {
  workspaceId
  marking
  parts {
    name
    value
    how
    entry {
      ...ItemStateEntryParts
    }
  }
  invited {
    ...ItemStateEntryParts
  }
}

fragment ItemStateEntryParts on ItemStateEntry {
  id
  at
  verb
  person
  agency
  recipients
}`,
};
