// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { EntryRow, PageParts } from './fragments.js';

export type AuditData = { readonly auditLog: { readonly nodes: readonly EntryRow[]; readonly summary: { readonly counted: number; readonly isAll: boolean; readonly counts: readonly ({ readonly facet: string; readonly value: string; readonly label: string | null; readonly agency: string | null; readonly count: number; readonly first: string | Date; readonly last: string | Date; })[]; readonly unit: string; readonly volume: readonly { readonly period: string; readonly count: number; }[]; } | null; readonly pageInfo: PageParts; }; };

export type AuditVariables = { readonly filter: { readonly agencyCode?: string | null; readonly category?: readonly string[] | null; readonly clause?: string | null; readonly correlation?: string | null; readonly from?: string | Date | null; readonly itemId?: string | null; readonly outcome?: string | null; readonly person?: string | null; readonly purpose?: string | null; readonly subject?: string | null; readonly to?: string | Date | null; readonly verb?: readonly string[] | null; readonly workspaceReference?: string | null; }; readonly after?: string | null; readonly oldestFirst: boolean; readonly summary: boolean; };

export const auditDocument: Document<AuditData, AuditVariables> = {
  id: 'da12b66d9a79459532eb083a85334c5d23570fcf8711f5eb34ddd73509640bf2',
  text: `query Audit($filter: AuditFilter!, $after: String, $oldestFirst: Boolean!, $summary: Boolean!) {
  auditLog(
    filter: $filter
    first: 25
    after: $after
    oldestFirst: $oldestFirst
    summary: $summary
  ) {
    nodes {
      ...EntryRow
    }
    summary {
      counted
      isAll
      counts {
        facet
        value
        label
        agency
        count
        first
        last
      }
      unit
      volume {
        period
        count
      }
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
}

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
}`,
};
