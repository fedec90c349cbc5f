// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type RecordPhysicalData = { readonly recordPhysicalExhibit: ({ readonly __typename: 'CustodyRecorded'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type RecordPhysicalVariables = { readonly input: { readonly act: string; readonly derivedFrom?: string | null; readonly description: string; readonly doneBy?: string | null; readonly from?: string | null; readonly happenedAt: string | Date; readonly location?: string | null; readonly marking: { readonly descriptors?: readonly string[]; readonly handling?: readonly string[]; readonly releasableTo?: readonly string[] | null; readonly sensitive: boolean; }; readonly reason?: string | null; readonly seal?: string | null; readonly title: string; readonly workspaceId: string; }; };

export const recordPhysicalDocument: Document<RecordPhysicalData, RecordPhysicalVariables> = {
  id: '2fd7dacb380362e4891775e34f91d54eb72d51c99df3851581ae5af926e47b72',
  text: `mutation RecordPhysical($input: RecordPhysicalInput!) {
  recordPhysicalExhibit(input: $input) {
    __typename
    ... on CustodyRecorded {
      id
    }
    ... on Refused {
      ...RefusedParts
    }
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
