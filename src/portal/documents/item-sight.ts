// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type ItemSightData = { readonly itemSight: { readonly markings: readonly string[]; readonly roles: readonly string[]; readonly agencies: readonly ({ readonly agency: string; readonly could: string; readonly reason: string; readonly agreement: string | null; readonly clause: string | null; readonly purpose: string | null; readonly from: string | Date | null; readonly agreementIsNow: string | null; })[]; } | null; };

export type ItemSightVariables = { readonly itemId: string; readonly from: string | Date; readonly to: string | Date; };

export const itemSightDocument: Document<ItemSightData, ItemSightVariables> = {
  id: 'e0d2a9652e53fe1331b223d914b61e2be501b1c3503dce81d55822b409a5bc02',
  text: `query ItemSight($itemId: ID!, $from: DateTime!, $to: DateTime!) {
  itemSight(itemId: $itemId, from: $from, to: $to) {
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
    }
  }
}`,
};
