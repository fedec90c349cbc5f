// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type RecordCustodyData = { readonly recordCustody: ({ readonly __typename: 'CustodyRecorded'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type RecordCustodyVariables = { readonly input: { readonly act: string; readonly doneBy?: string | null; readonly exhibitId: string; readonly from?: string | null; readonly happenedAt?: string | Date | null; readonly location?: string | null; readonly reason?: string | null; readonly sealAfter?: string | null; readonly sealBefore?: string | null; readonly to?: string | null; }; };

export const recordCustodyDocument: Document<RecordCustodyData, RecordCustodyVariables> = {
  id: '8df6ec8d78dc18d335731b9302077f49a2a64ded87688c2bafa9c2a4440a2ab9',
  text: `mutation RecordCustody($input: RecordCustodyInput!) {
  recordCustody(input: $input) {
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
