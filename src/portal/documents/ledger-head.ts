// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type LedgerHeadData = { readonly ledgerHead: { readonly size: number; readonly rootHash: string; readonly signedAt: string | Date; readonly checkpoint: string; readonly waiting: number; } | null; };

export type LedgerHeadVariables = Record<string, never>;

export const ledgerHeadDocument: Document<LedgerHeadData, LedgerHeadVariables> = {
  id: '6c3d1b8144f77f5df71e9e44b3a9ee19a10900405afc78a48e907b34ddb1308c',
  text: `query LedgerHead {
  ledgerHead {
    size
    rootHash
    signedAt
    checkpoint
    waiting
  }
}`,
};
