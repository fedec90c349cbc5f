// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type ExhibitProofData = { readonly exhibitProof: { readonly sizeBytes: number; readonly checkedAt: string | Date | null; readonly found: string | null; readonly provenAt: string | Date | null; readonly askedBy: string | null; readonly askedAt: string | Date | null; readonly readBytes: number | null; readonly endedAt: string | Date | null; readonly outcome: string | null; } | null; };

export type ExhibitProofVariables = { readonly id: string; };

export const exhibitProofDocument: Document<ExhibitProofData, ExhibitProofVariables> = {
  id: '2c779b89e471b3d5bf9bf372d65255d5d577136d9be644a6195bb16996293f86',
  text: `query ExhibitProof($id: ID!) {
  exhibitProof(id: $id) {
    sizeBytes
    checkedAt
    found
    provenAt
    askedBy
    askedAt
    readBytes
    endedAt
    outcome
  }
}`,
};
