// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { RefusedParts } from './fragments.js';

export type CheckLedgerData = { readonly checkLedger: ({ readonly __typename: 'LedgerCheck'; } & { readonly whole: boolean; readonly entries: number; readonly checkedAt: string | Date; readonly rootHash: string; readonly findings: readonly ({ readonly entryId: string | null; readonly index: number | null; readonly code: string; readonly message: string; })[]; }) | ({ readonly __typename: 'Refused'; } & RefusedParts); };

export type CheckLedgerVariables = Record<string, never>;

export const checkLedgerDocument: Document<CheckLedgerData, CheckLedgerVariables> = {
  id: '836038ed380718400a614c894997e70dd980af621d08b2bfece230a363f5e9ea',
  text: `mutation CheckLedger {
  checkLedger {
    __typename
    ... on LedgerCheck {
      whole
      entries
      checkedAt
      rootHash
      findings {
        entryId
        index
        code
        message
      }
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
