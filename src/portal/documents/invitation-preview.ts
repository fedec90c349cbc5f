// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type InvitationPreviewData = { readonly invitationPreview: { readonly items: readonly { readonly id: string; readonly kind: string; readonly title: string; readonly marking: string; }[]; readonly gains: number; readonly aboveCeiling: number; readonly keptToOthers: number; } | null; };

export type InvitationPreviewVariables = { readonly id: string; readonly agencyId: string; readonly clauseId: string; };

export const invitationPreviewDocument: Document<InvitationPreviewData, InvitationPreviewVariables> = {
  id: '985221b5b356060fdb357f8253493182d22f2821f7a32842054749bb2825eac1',
  text: `query InvitationPreview($id: ID!, $agencyId: ID!, $clauseId: ID!) {
  invitationPreview(workspaceId: $id, agencyId: $agencyId, clauseId: $clauseId) {
    items {
      id
      kind
      title
      marking
    }
    gains
    aboveCeiling
    keptToOthers
  }
}`,
};
