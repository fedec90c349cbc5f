// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type AuditDeskData = { readonly auditDesk: { readonly reason: string | null; readonly statedAt: string | Date | null; readonly searches: readonly { readonly id: string; readonly name: string; readonly filter: string; }[]; readonly purposes: readonly string[]; } | null; };

export type AuditDeskVariables = Record<string, never>;

export const auditDeskDocument: Document<AuditDeskData, AuditDeskVariables> = {
  id: '12466dbf0bc4e1c933b3530b80a96b65b6a1a83fbee0e1cba28ff343549b026d',
  text: `query AuditDesk {
  auditDesk {
    reason
    statedAt
    searches {
      id
      name
      filter
    }
    purposes
  }
}`,
};
