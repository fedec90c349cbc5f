// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type ItemSightData = { readonly itemSight: { readonly markings: readonly string[]; readonly roles: readonly string[]; readonly agencies: readonly ({ readonly agency: string; readonly could: string; readonly reason: string; readonly agreement: string | null; readonly clause: string | null; readonly purpose: string | null; readonly from: string | Date | null; readonly agreementIsNow: string | null; })[]; } | null; };

export type ItemSightVariables = { readonly id: string; readonly from: string | Date; readonly to: string | Date; };

export const itemSightDocument: Document<ItemSightData, ItemSightVariables> = {
  id: 'a482fe5d608f7f88ffb37c64efb9729560266228565c872c723ab8982ffbaa11',
  text: `query ItemSight($id: ID!, $from: DateTime!, $to: DateTime!) {
  itemSight(id: $id, from: $from, to: $to) {
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
