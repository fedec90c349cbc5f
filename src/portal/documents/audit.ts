// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { EntryRow, PageParts } from './fragments.js';

export type AuditData = { readonly auditLog: { readonly nodes: readonly EntryRow[]; readonly pageInfo: PageParts; }; };

export type AuditVariables = { readonly filter: { readonly agencyCode?: string | null; readonly category?: string | null; readonly clause?: string | null; readonly from?: string | Date | null; readonly itemId?: string | null; readonly outcome?: string | null; readonly person?: string | null; readonly purpose?: string | null; readonly to?: string | Date | null; readonly verb?: string | null; readonly workspaceReference?: string | null; }; readonly after?: string | null; };

export const auditDocument: Document<AuditData, AuditVariables> = {
  id: '9aefc89d50d2b4901374ded1438b57a5c55428117c679c73580ca290db642e0d',
  text: `query Audit($filter: AuditFilter!, $after: String) {
  auditLog(filter: $filter, first: 25, after: $after) {
    nodes {
      ...EntryRow
    }
    pageInfo {
      ...PageParts
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
  person
  agency
  workspaceReference
  subjectKind
  subjectTitle
  subjectMarking
  clause
  purpose
}

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
}`,
};
