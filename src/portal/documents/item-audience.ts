// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { ItemSightParts } from './fragments.js';

export type ItemAudienceData = { readonly itemAudience: ItemSightParts | null; };

export type ItemAudienceVariables = { readonly id: string; readonly from: string | Date; readonly to: string | Date; };

export const itemAudienceDocument: Document<ItemAudienceData, ItemAudienceVariables> = {
  id: 'fe429fc2f37db25fc5961a7d320da3f691afb8f1742fad5c763004bd8a220115',
  text: `query ItemAudience($id: ID!, $from: DateTime!, $to: DateTime!) {
  itemAudience(id: $id, from: $from, to: $to) {
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
