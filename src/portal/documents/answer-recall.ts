// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type AnswerRecallData = { readonly answerRecall: ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'SharingChanged'; } & { readonly id: string; }); };

export type AnswerRecallVariables = { readonly input: { readonly answer: string; readonly copies: string; readonly id: string; }; };

export const answerRecallDocument: Document<AnswerRecallData, AnswerRecallVariables> = {
  id: 'a71cb203b65b14a3ee9a9326fa38c1c9fd4dd613368e287550191bd8c779d6ea',
  text: `mutation AnswerRecall($input: AnswerRecallInput!) {
  answerRecall(input: $input) {
    __typename
    ... on SharingChanged {
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
