// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type OpenAlertsData = { readonly alerts: { readonly openCount: number; }; };

export type OpenAlertsVariables = Record<string, never>;

export const openAlertsDocument: Document<OpenAlertsData, OpenAlertsVariables> = {
  id: '4ae05563c5c9b7cd9d463b2c0856ecacd8506fbf67d37d277ee00b2143f89c89',
  text: `query OpenAlerts {
  alerts(state: "open", first: 1) {
    openCount
  }
}`,
};
