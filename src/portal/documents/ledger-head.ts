// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type LedgerHeadData = { readonly ledgerHead: { readonly size: number; readonly rootHash: string; readonly signedAt: string | Date; readonly checkpoint: string; readonly waiting: number; readonly kept: readonly ({ readonly size: number; readonly signedAt: string | Date; })[]; } | null; };

export type LedgerHeadVariables = Record<string, never>;

export const ledgerHeadDocument: Document<LedgerHeadData, LedgerHeadVariables> = {
  id: 'c6328e91a9eb5f954c66075000de97eba6e2628900ea8bb85091ff4bd0b9b3ed',
  text: `query LedgerHead {
  ledgerHead {
    size
    rootHash
    signedAt
    checkpoint
    waiting
    kept {
      size
      signedAt
    }
  }
}`,
};
