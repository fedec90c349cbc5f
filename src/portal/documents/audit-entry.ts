// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { EntryRow } from './fragments.js';

export type AuditEntryData = { readonly auditEntry: ({ readonly roles: readonly string[]; readonly idp: string | null; readonly subjectId: string | null; readonly agreement: string | null; readonly reason: string | null; readonly recipients: readonly string[]; readonly cases: readonly ({ readonly reference: string; readonly agreement: string | null; readonly clause: string | null; })[]; readonly details: string | null; readonly leafHash: string; readonly proof: string | null; } & EntryRow) | null; };

export type AuditEntryVariables = { readonly id: string; };

export const auditEntryDocument: Document<AuditEntryData, AuditEntryVariables> = {
  id: '00e81bcec9bc3375a4f2f502a97db97cfd988927d86b81482b93c4632015ac78',
  text: `query AuditEntry($id: ID!) {
  auditEntry(id: $id) {
    ...EntryRow
    roles
    idp
    subjectId
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
