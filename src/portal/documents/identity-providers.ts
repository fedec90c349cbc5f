// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts } from './fragments.js';

export type IdentityProvidersData = { readonly identityProviders: readonly ({ readonly agency: AgencyParts; readonly entityId: string; readonly offersSignOut: boolean; readonly importedAt: string | Date; readonly certificates: readonly ({ readonly subject: string; readonly fingerprint: string; readonly validFrom: string | Date; readonly validTo: string | Date; readonly state: string; })[]; })[]; };

export type IdentityProvidersVariables = Record<string, never>;

export const identityProvidersDocument: Document<IdentityProvidersData, IdentityProvidersVariables> = {
  id: '0c75b7a1220c01aa2547f438af491aad9f92e5f04a0c8d66d82f8d0248ddc021',
  text: `query IdentityProviders {
  identityProviders {
    agency {
      ...AgencyParts
    }
    entityId
    offersSignOut
    importedAt
    certificates {
      subject
      fingerprint
      validFrom
      validTo
      state
    }
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}`,
};
