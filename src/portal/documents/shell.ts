// Written by scripts/documents/write.ts from the .graphql file of this name and schema.graphql; change those.
import type { Document } from './document.js';
import type { AgencyParts } from './fragments.js';

export type ShellData = { readonly me: { readonly id: string; readonly displayName: string; readonly initials: string; readonly agency: AgencyParts; readonly agencyKind: string; readonly roles: readonly string[]; readonly idleSeconds: number; readonly can: { readonly openWorkspace: boolean; readonly acknowledgeAlerts: boolean; readonly seeCases: boolean; readonly audit: boolean; readonly administer: boolean; readonly manageUse: boolean; }; } | null; };

export type ShellVariables = Record<string, never>;

export const shellDocument: Document<ShellData, ShellVariables> = {
  id: '1ee069c610fd721c7d1b64c6c866b3cc6f7472e38dfda833aabe3b92402c64f5',
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
      manageUse
    }
  }
}

fragment AgencyParts on AgencyName {
  id
  code
  name
}`,
};
