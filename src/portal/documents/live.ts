// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type LiveData = { readonly live: { readonly kind: string; readonly alertId: string | null; readonly workspaceId: string | null; readonly openAlerts: number | null; }; };

export type LiveVariables = Record<string, never>;

export const liveDocument: Document<LiveData, LiveVariables> = {
  id: 'fccc23d158ccda98429304aafdf2d3edd61e6ef542cadcdf8292748bd8e0779d',
  text: `subscription Live {
  live {
    kind
    alertId
    workspaceId
    openAlerts
  }
}`,
};
