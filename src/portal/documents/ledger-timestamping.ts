// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type LedgerTimestampingData = { readonly ledgerTimestamping: { readonly standing: string; readonly authority: string | null; readonly intervalSeconds: number; readonly newest: { readonly size: number; readonly at: string | Date; readonly signer: string; readonly serial: string; readonly policy: string; readonly checkpoint: string; readonly token: string; } | null; readonly waiting: number; readonly waitsSince: string | Date | null; readonly debtSeconds: number; readonly failingSince: string | Date | null; readonly message: string | null; } | null; };

export type LedgerTimestampingVariables = Record<string, never>;

export const ledgerTimestampingDocument: Document<LedgerTimestampingData, LedgerTimestampingVariables> = {
  id: '78121cd9d572ee4617798968d85a8dc3cf168776daf4361e709f6e17e9e19b89',
  text: `query LedgerTimestamping {
  ledgerTimestamping {
    standing
    authority
    intervalSeconds
    newest {
      size
      at
      signer
      serial
      policy
      checkpoint
      token
    }
    waiting
    waitsSince
    debtSeconds
    failingSince
    message
  }
}`,
};
