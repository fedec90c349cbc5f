// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type AnswerCustodyData = { readonly answerCustodyOffer: ({ readonly __typename: 'CustodyRecorded'; } & { readonly id: string; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type AnswerCustodyVariables = { readonly input: { readonly answer: string; readonly exhibitId: string; readonly happenedAt?: string | Date | null; readonly location?: string | null; readonly reason?: string | null; readonly sealBefore?: string | null; }; };

export const answerCustodyDocument: Document<AnswerCustodyData, AnswerCustodyVariables> = {
  id: '9ca3bd7cfcbe6275b8bfb07ffb128337462107e2f29a534c180bdd3a2bd09e5b',
  text: `mutation AnswerCustody($input: AnswerCustodyInput!) {
  answerCustodyOffer(input: $input) {
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
