// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts, RefusedParts } from './fragments.js';

export type RecordFindingData = { readonly recordFinding: ({ readonly __typename: 'FindingRecorded'; } & { readonly breach: boolean; readonly item: { readonly id: string; }; readonly told: readonly AgencyParts[]; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type RecordFindingVariables = { readonly input: { readonly confidence: number; readonly hygiene: number; readonly imminentRisk: boolean; readonly inspectedOn: string; readonly marking: { readonly descriptors?: readonly string[]; readonly handling?: readonly string[]; readonly releasableTo?: readonly string[] | null; readonly sensitive: boolean; }; readonly narrative: string; readonly structure: number; readonly title: string; readonly workspaceId: string; }; };

export const recordFindingDocument: Document<RecordFindingData, RecordFindingVariables> = {
  id: 'a0a6641b6277c5d497bbfc8d9979edf55935984b3a916174b82712e8beda3ab2',
  text: `mutation RecordFinding($input: RecordFindingInput!) {
  recordFinding(input: $input) {
    __typename
    ... on FindingRecorded {
      breach
      item {
        id
      }
      told {
        ...AgencyParts
      }
    }
    ... on Refused {
      ...RefusedParts
    }
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}

fragment RefusedParts on Refused {
  code
  message
  faults {
    field
    message
  }
}`,
};
