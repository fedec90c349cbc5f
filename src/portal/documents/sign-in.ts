// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts } from './fragments.js';

export type SignInData = { readonly agencies: readonly AgencyParts[]; };

export type SignInVariables = Record<string, never>;

export const signInDocument: Document<SignInData, SignInVariables> = {
  id: 'a61d08b21cb8e35e6f741df7a70e9f1b6c8294827a1f7165103962e3c51c7589',
  text: `query SignIn {
  agencies {
    ...AgencyParts
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}`,
};
