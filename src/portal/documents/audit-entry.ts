// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { EntryRow } from './fragments.js';

export type AuditEntryData = { readonly auditEntry: ({ readonly roles: readonly string[]; readonly idp: string | null; readonly correlation: string | null; readonly agreement: string | null; readonly reason: string | null; readonly recipients: readonly string[]; readonly cases: readonly ({ readonly reference: string; readonly agreement: string | null; readonly clause: string | null; })[]; readonly details: string | null; readonly leafHash: string; readonly proof: string | null; readonly erased: { readonly at: string | Date; readonly decidedBy: string; readonly reason: string; readonly erasureId: string; readonly month: string | null; } | null; } & EntryRow) | null; };

export type AuditEntryVariables = { readonly id: string; };

export const auditEntryDocument: Document<AuditEntryData, AuditEntryVariables> = {
  id: 'a83f54e933ffeee5e5d86e986047ed0b8a3b8150be4e70960f6bbed5935ee6ca',
  text: `query AuditEntry($id: ID!) {
  auditEntry(id: $id) {
    ...EntryRow
    roles
    idp
    correlation
    agreement
    reason
    recipients
    cases {
      reference
      agreement
      clause
    }
    details
    leafHash
    proof
    erased {
      at
      decidedBy
      reason
      erasureId
      month
    }
  }
}

fragment EntryRow on AuditEntry {
  id
  index
  at
  verb
  category
  outcome
  personId
  person
  agency
  workspaceReference
  subjectKind
  subjectId
  subjectTitle
  subjectMarking
  clause
  purpose
}`,
};
