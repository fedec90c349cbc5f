import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { err, ok, Role, type AgencyId, type Result } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import { readIdpMetadata, type IdpMetadata } from '../domain/idp-metadata.js';
import { USUAL_ATTRIBUTES } from '../domain/idp.js';

/** Authentication methods believed when an agency names none (SAML authentication context, section 3.4). */
const USUAL_CONTEXTS: readonly string[] = [
  'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:X509',
];

const ROLES = Object.values(Role) as [Role, ...Role[]];

/** An identity provider as it is imported: the agency's metadata, and what we agreed to believe of it. */
export const IDP = z.strictObject({
  agencyCode: z.string(),
  /** The metadata document, as XML text. */
  metadata: z.string().max(1_000_000),
  rolesAllowed: z.array(z.enum(ROLES)).min(1),
  authnContexts: z.array(z.string().min(1).max(300)).min(1).optional(),
  attributes: z.strictObject({
    displayName: z.string(), givenName: z.string(), surname: z.string(), email: z.string(), initials: z.string(), roles: z.string(),
  }).partial().optional(),
});
export type ImportIdpInput = z.infer<typeof IDP>;

/** Takes over an agency's identity provider from its metadata, anew each time. Needs the owner of the schema: for the command line. */
@Injectable()
export class ImportIdp {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /**
   * Answers what was read, certificates with their expiry among it; or a sentence saying what is wrong.
   *
   * @param isUnfit - says of a certificate (PEM) that nobody may sign in by its key, such as one that is published.
   * @throws ZodError when the input has not the form of {@link IDP}.
   */
  async execute(context: ActContext, input: ImportIdpInput, isUnfit: (pem: string) => boolean = () => false): Promise<Result<IdpMetadata, string>> {
    const wanted = IDP.parse(input);
    const metadata = readIdpMetadata(wanted.metadata);
    if (!metadata.ok) return metadata;
    const unfit = metadata.value.certificates.find(({ pem }) => isUnfit(pem));
    if (unfit) return err(`The key of certificate ${unfit.subject} is published: anybody could sign in with it. Ask the agency for the metadata of its own identity provider.`);
    return this.unit.run(context, async (work) => {
      const [agency] = await work.sql<{ id: AgencyId }>('SELECT id FROM agency WHERE code = $1', [wanted.agencyCode]);
      if (!agency) return err(`There is no agency ${wanted.agencyCode}; import the agency first.`);
      if (await isTaken(work, metadata.value.entityId, agency.id)) return err(`Another agency has the identity provider ${metadata.value.entityId}.`);
      await upsert(work, agency.id, wanted, metadata.value);
      await this.ledger.append(work, {
        verb: 'idp.import', outcome: 'done', subject: { kind: 'identity provider', id: metadata.value.entityId, owner: wanted.agencyCode },
        details: { certificates: metadata.value.certificates.map(({ fingerprint }) => fingerprint), roles: wanted.rolesAllowed },
      });
      return ok(metadata.value);
    });
  }
}

async function isTaken(work: Work, entityId: string, agencyId: AgencyId): Promise<boolean> {
  const rows = await work.sql('SELECT 1 FROM agency_idp WHERE entity_id = $1 AND agency_id <> $2', [entityId, agencyId]);
  return rows.length > 0;
}

async function upsert(work: Work, agencyId: AgencyId, input: ImportIdpInput, metadata: IdpMetadata): Promise<void> {
  await work.sql(
    `INSERT INTO agency_idp (agency_id, entity_id, sso_url, slo_url, certificates, authn_contexts, roles_allowed, attribute_map, imported_at)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8::jsonb, $9)
     ON CONFLICT (agency_id) DO UPDATE SET entity_id = excluded.entity_id, sso_url = excluded.sso_url, slo_url = excluded.slo_url,
       certificates = excluded.certificates, authn_contexts = excluded.authn_contexts, roles_allowed = excluded.roles_allowed,
       attribute_map = excluded.attribute_map, imported_at = excluded.imported_at`,
    [
      agencyId, metadata.entityId, metadata.ssoUrl, metadata.sloUrl ?? null,
      JSON.stringify(metadata.certificates.map(({ pem }) => pem)),
      input.authnContexts ?? USUAL_CONTEXTS, input.rolesAllowed,
      JSON.stringify({ ...USUAL_ATTRIBUTES, ...input.attributes }), work.at,
    ],
  );
}
