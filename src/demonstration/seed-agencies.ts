import type { Operator } from '../cli/operator.js';
import { ImportAgency, ImportIdp } from '../identity/index.js';
import { AGENCIES, PEOPLE } from './borough.js';
import { sandboxIdpMetadata } from './idp-metadata.js';

/** Imports the borough's agencies and their sandbox identity providers. Each may say of its people only what they are here. */
export async function seedAgencies({ unit, ledger, context }: Operator, portalPort: number): Promise<void> {
  const importAgency = new ImportAgency(unit, ledger);
  const importIdp = new ImportIdp(unit, ledger);
  for (const { code, name, kind, idpPort } of AGENCIES) {
    await importAgency.execute(context, { code, name, kind });
    const rolesAllowed = [...new Set(PEOPLE.filter(({ agency }) => agency === code).flatMap(({ roles }) => roles))];
    const imported = await importIdp.execute(context, { agencyCode: code, metadata: sandboxIdpMetadata(code, portalPort + idpPort), rolesAllowed });
    if (!imported.ok) throw new Error(`The identity provider of ${name} could not be imported: ${imported.error}`);
  }
}
