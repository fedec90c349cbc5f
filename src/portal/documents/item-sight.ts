// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ItemSightParts } from './fragments.js';

export type ItemSightData = { readonly itemSight: ItemSightParts | null; };

export type ItemSightVariables = { readonly id: string; readonly from: string | Date; readonly to: string | Date; };

export const itemSightDocument: Document<ItemSightData, ItemSightVariables> = {
  id: 'bd5a860e74cd4aeb15c2590f85ceaad651d9384a5b841cc6025a11ba46d8109b',
  text: `query ItemSight($id: ID!, $from: DateTime!, $to: DateTime!) {
  itemSight(id: $id, from: $from, to: $to) {
    ...ItemSightParts
  }
}

fragment ItemSightParts on ItemSight {
  markings
  roles
  agencies {
    agency
    could
    reason
    agreement
    clause
    purpose
    from
    agreementIsNow
    roles
  }
}`,
};
