// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RecordParts, RefusedParts } from './fragments.js';

export type SaveRecordData = { readonly saveRecord: ({ readonly __typename: 'RecordItem'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'StaleRecord'; } & { readonly message: string; readonly theirs: RecordParts; readonly yours: { readonly title: string; readonly body: string; }; }); };

export type SaveRecordVariables = { readonly input: { readonly body: string; readonly id?: string | null; readonly marking: { readonly descriptors?: readonly string[]; readonly handling?: readonly string[]; readonly releasableTo?: readonly string[] | null; readonly sensitive: boolean; }; readonly reason?: string | null; readonly title: string; readonly version?: number | null; readonly workspaceId: string; }; };

export const saveRecordDocument: Document<SaveRecordData, SaveRecordVariables> = {
  id: 'fb678479b13d63c977cbfb1f3156d3935e9e42e6609fa62e748e2a999cd9587f',
  text: `mutation SaveRecord($input: SaveRecordInput!) {
  saveRecord(input: $input) {
    __typename
    ... on RecordItem {
      id
    }
    ... on StaleRecord {
      message
      theirs {
        ...RecordParts
      }
      yours {
        title
        body
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

fragment MarkingParts on Marking {
  text
  sensitive
  descriptors
  handling
  originator {
    ...AgencyParts
  }
  releasableTo {
    ...AgencyParts
  }
}

fragment RecordParts on RecordItem {
  id
  title
  body
  version
  savedAt
  savedBy
  marking {
    ...MarkingParts
  }
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
