import { isRole, type AgencyId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { AgencyIdp, AttributeMap } from '../domain/idp.js';

interface IdpRow {
  agency_id: AgencyId;
  code: string;
  name: string;
  entity_id: string;
  sso_url: string;
  slo_url: string | null;
  certificates: string[];
  authn_contexts: string[];
  roles_allowed: string[];
  attribute_map: AttributeMap;
}

const AGENCY_CODE = /^[a-z][a-z0-9-]{1,39}$/;

/** The identity provider of an agency people may sign in with, by the code in the address (attacker-controlled). */
export async function findIdp(work: Work, agencyCode: string): Promise<AgencyIdp | undefined> {
  if (!AGENCY_CODE.test(agencyCode)) return undefined;
  const [row] = await work.sql<IdpRow>(
    `SELECT i.agency_id, a.code, a.name, i.entity_id, i.sso_url, i.slo_url, i.certificates, i.authn_contexts, i.roles_allowed, i.attribute_map
     FROM agency a JOIN agency_idp i ON i.agency_id = a.id WHERE a.code = $1 AND a.closed_at IS NULL`,
    [agencyCode],
  );
  return row && idpOf(row);
}

function idpOf(row: IdpRow): AgencyIdp {
  return {
    agencyId: row.agency_id,
    agencyCode: row.code,
    agencyName: row.name,
    entityId: row.entity_id,
    ssoUrl: row.sso_url,
    sloUrl: row.slo_url ?? undefined,
    certificates: row.certificates,
    authnContexts: row.authn_contexts,
    rolesAllowed: row.roles_allowed.filter(isRole),
    attributes: row.attribute_map,
  };
}
