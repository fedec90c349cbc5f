// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type AuditDeskData = { readonly auditDesk: { readonly reason: string | null; readonly statedAt: string | Date | null; } | null; };

export type AuditDeskVariables = Record<string, never>;

export const auditDeskDocument: Document<AuditDeskData, AuditDeskVariables> = {
  id: '97ac80d4fa80b244aa6dae370197cb8e851f2ccb713d37ed5e2bf49aafa36623',
  text: `query AuditDesk {
  auditDesk {
    reason
    statedAt
  }
}`,
};
