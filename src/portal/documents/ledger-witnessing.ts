// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type LedgerWitnessingData = { readonly ledgerWitnessing: { readonly standing: string; readonly writingStopped: boolean; readonly total: number; readonly needed: number; readonly answering: number; readonly cosignedSize: number; readonly cosignedBy: number; readonly cosignedAt: string | Date | null; readonly waitsSince: string | Date | null; readonly debtSeconds: number; readonly budgetSeconds: number; readonly witnesses: readonly ({ readonly name: string; readonly key: string; readonly size: number; readonly cosignedAt: string | Date | null; readonly answeredAt: string | Date | null; readonly answer: string; readonly message: string | null; readonly failingSince: string | Date | null; })[]; readonly conflicts: readonly ({ readonly witness: string; readonly kind: string; readonly message: string; readonly foundAt: string | Date; readonly theirs: string; readonly theirsSize: number; readonly ours: string; readonly oursSize: number; })[]; } | null; };

export type LedgerWitnessingVariables = Record<string, never>;

export const ledgerWitnessingDocument: Document<LedgerWitnessingData, LedgerWitnessingVariables> = {
  id: '70ed7912ccc22da08c2b7ce953f084a90c7b87d5114aaa02a33f3ad84ebf446a',
  text: `query LedgerWitnessing {
  ledgerWitnessing {
    standing
    writingStopped
    total
    needed
    answering
    cosignedSize
    cosignedBy
    cosignedAt
    waitsSince
    debtSeconds
    budgetSeconds
    witnesses {
      name
      key
      size
      cosignedAt
      answeredAt
      answer
      message
      failingSince
    }
    conflicts {
      witness
      kind
      message
      foundAt
      theirs
      theirsSize
      ours
      oursSize
    }
  }
}`,
};
