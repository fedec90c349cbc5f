// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { EntryRow } from './fragments.js';

export type AuditEntryData = { readonly auditEntry: ({ readonly roles: readonly string[]; readonly idp: string | null; readonly subjectId: string | null; readonly agreement: string | null; readonly reason: string | null; readonly recipients: readonly string[]; readonly details: string | null; readonly leafHash: string; readonly proof: string | null; } & EntryRow) | null; };

export type AuditEntryVariables = { readonly id: string; };

export const auditEntryDocument: Document<AuditEntryData, AuditEntryVariables> = {
  id: '00fa7fac273c9b41c8f1c9cacede42ccca0e3a6b2a996031ff20f553334aa1f5',
  text: `query AuditEntry($id: ID!) {
  auditEntry(id: $id) {
    ...EntryRow
    roles
    idp
    subjectId
    agreement
    reason
    recipients
    details
    leafHash
    proof
  }
}

fragment EntryRow on AuditEntry {
  id
  index
  at
  verb
  category
  outcome
  person
  agency
  workspaceReference
  subjectKind
  subjectTitle
  subjectMarking
  clause
  purpose
}`,
};
