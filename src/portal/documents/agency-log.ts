// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyLogRow, PageParts } from './fragments.js';

export type AgencyLogData = { readonly agencyLog: { readonly nodes: readonly AgencyLogRow[]; readonly pageInfo: PageParts; }; };

export type AgencyLogVariables = { readonly filter: { readonly category?: readonly string[] | null; readonly from?: string | Date | null; readonly outcome?: string | null; readonly person?: string | null; readonly to?: string | Date | null; readonly verb?: readonly string[] | null; readonly workspaceReference?: string | null; }; readonly ofOthers: boolean; readonly after?: string | null; };

export const agencyLogDocument: Document<AgencyLogData, AgencyLogVariables> = {
  id: '5bf138d1da3492d75681c9205c363a721db38cf2c2788a9be6fd235db5011a1b',
  text: `query AgencyLog($filter: AgencyLogFilter!, $ofOthers: Boolean!, $after: String) {
  agencyLog(filter: $filter, ofOthers: $ofOthers, first: 25, after: $after) {
    nodes {
      ...AgencyLogRow
    }
    pageInfo {
      ...PageParts
    }
  }
}

fragment AgencyLogRow on AgencyLogEntry {
  id
  at
  verb
  category
  outcome
  personId
  person
  agency
  workspaceId
  workspaceReference
  subjectKind
  subjectTitle
  subjectMarking
  isHidden
  clause
  purpose
  concerned {
    title
    marking
  }
  hasMore
}

fragment PageParts on PageInfo {
  endCursor
  hasNextPage
}`,
};
