// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type OpenAlertsData = { readonly alerts: { readonly openCount: number; }; };

export type OpenAlertsVariables = Record<string, never>;

export const openAlertsDocument: Document<OpenAlertsData, OpenAlertsVariables> = {
  id: 'f750ef0674486d23a35afae28e1c93970bb4b351d24ffc8ecbbbc4ff6b0f13e1',
  text: `query OpenAlerts {
  alerts(state: "open", first: 0) {
    openCount
  }
}`,
};
