// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts } from './fragments.js';

export type ShellData = { readonly me: { readonly id: string; readonly displayName: string; readonly initials: string; readonly agency: AgencyParts; readonly agencyKind: string; readonly roles: readonly string[]; readonly idleSeconds: number; readonly can: { readonly openWorkspace: boolean; readonly acknowledgeAlerts: boolean; readonly seeCases: boolean; readonly audit: boolean; readonly administer: boolean; }; } | null; };

export type ShellVariables = Record<string, never>;

export const shellDocument: Document<ShellData, ShellVariables> = {
  id: '68a65622ffe220914d0e1853fcaaee839b360a9305323e6cd34e2dcf8c58d626',
  text: `query Shell {
  me {
    id
    displayName
    initials
    agency {
      ...AgencyParts
    }
    agencyKind
    roles
    idleSeconds
    can {
      openWorkspace
      acknowledgeAlerts
      seeCases
      audit
      administer
    }
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}`,
};
