// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type AnswerUnusualUseData = { readonly answerUnusualUse: ({ readonly __typename: 'Refused'; } & RefusedParts) | ({ readonly __typename: 'UnusualUse'; } & { readonly id: string; }); };

export type AnswerUnusualUseVariables = { readonly input: { readonly answer: string; readonly id: string; }; };

export const answerUnusualUseDocument: Document<AnswerUnusualUseData, AnswerUnusualUseVariables> = {
  id: '1ba17ff18a163717dec8470ce784169bf6c946217e108a75dad83f500f4b4b27',
  text: `mutation AnswerUnusualUse($input: AnswerUnusualUseInput!) {
  answerUnusualUse(input: $input) {
    __typename
    ... on UnusualUse {
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
