import { isRole, type Json, type Role } from '../../../libs/kernel/index.js';
import type { IdpMetadata } from '../../identity/index.js';
import { isPublishedCertificate } from '../../platform/config/index.js';
import { CliFault, Exit, required, type Command } from '../command.js';
import { textOf } from '../text-of.js';

/** `concordat idp import`: takes over an agency's identity provider from the metadata its administrator sent. */
export const idpImport: Command = {
  name: 'idp import',
  usage: '--agency CODE --metadata FILE --roles ROLE,ROLE... [--contexts URI,URI...]',
  words: 'Imports or renews the identity provider of an agency, and says which roles it may give its people.',
  options: ['agency', 'metadata', 'roles', 'contexts'],
  positionals: [0, 0],
  async run(context, input) {
    const wanted = {
      agencyCode: required(input, 'agency'),
      metadata: textOf(required(input, 'metadata')),
      rolesAllowed: required(input, 'roles').split(',').map(roleOf),
      ...(input.options['contexts'] === undefined ? {} : { authnContexts: input.options['contexts'].split(',') }),
    };
    // A demonstration lives on keys everybody has; in production whoever has one would be whoever he likes at that agency.
    const isUnfit = context.isProduction() ? isPublishedCertificate : undefined;
    const [{ withOperator }, { ImportIdp }] = await Promise.all([import('../operator.js'), import('../../identity/index.js')]);
    const imported = await withOperator(context.ownerUrl(), ({ unit, ledger, context: act }) => new ImportIdp(unit, ledger).execute(act, wanted, isUnfit));
    if (!imported.ok) throw new CliFault(imported.error);
    return { exit: Exit.Done, json: jsonOf(imported.value), lines: linesOf(wanted.agencyCode, imported.value) };
  },
};

function roleOf(text: string): Role {
  if (!isRole(text)) throw new CliFault(`There is no role ${text}.`, Exit.Usage);
  return text;
}

function jsonOf({ entityId, ssoUrl, certificates }: IdpMetadata): { [key: string]: Json } {
  const shown = certificates.map(({ subject, validFrom, validTo, fingerprint }) => ({
    subject, fingerprint, validFrom: validFrom.toISOString(), validTo: validTo.toISOString(),
  }));
  return { entityId, ssoUrl, certificates: shown };
}

function linesOf(agency: string, { entityId, certificates }: IdpMetadata): readonly string[] {
  const ends = certificates.map(({ subject, validTo, fingerprint }) => `certificate ${subject}, ends ${validTo.toISOString().slice(0, 10)}, ${fingerprint}`);
  return [`${agency} now signs in at ${entityId}.`, ...ends];
}
