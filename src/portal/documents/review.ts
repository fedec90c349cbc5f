// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';

export type ReviewData = { readonly exhibitsToReview: readonly { readonly id: string; readonly workspaceId: string; readonly workspaceReference: string; readonly reference: string; readonly title: string; readonly marking: string; readonly group: string; readonly reviewOn: string; readonly held: boolean; }[] | null; };

export type ReviewVariables = Record<string, never>;

export const reviewDocument: Document<ReviewData, ReviewVariables> = {
  id: '956c44d1d222fd5fb753ef6ba02ffed709fc1a17ba5786d5e4ba3ef48351b106',
  text: `query Review {
  exhibitsToReview {
    id
    workspaceId
    workspaceReference
    reference
    title
    marking
    group
    reviewOn
    held
  }
}`,
};
