import type { AgencyId, Role } from '../../../libs/kernel/index.js';

/** Which assertion attribute carries what, by attribute name. */
export interface AttributeMap {
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
  readonly initials: string;
  readonly roles: string;
}

/** The attribute names most directories are set up with; an agency whose directory differs says so on import. */
export const USUAL_ATTRIBUTES: AttributeMap = {
  displayName: 'displayName',
  givenName: 'givenName',
  surname: 'sn',
  email: 'mail',
  initials: 'initials',
  roles: 'roles',
};

/** An agency's identity provider, as its administrator's metadata described it. */
export interface AgencyIdp {
  readonly agencyId: AgencyId;
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly sloUrl: string | undefined;
  /** PEM; two while the agency rolls its key over. */
  readonly certificates: readonly string[];
  readonly authnContexts: readonly string[];
  /** What this agency may say its people are. */
  readonly rolesAllowed: readonly Role[];
  readonly attributes: AttributeMap;
}

/** The addresses of the portal as service provider towards one agency. */
export interface ServiceProvider {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly sloUrl: string;
}

/** The service provider that `agencyCode` deals with: one per agency, so that no message for one is good for another. */
export function serviceProvider(baseUrl: string, agencyCode: string): ServiceProvider {
  const entityId = `${baseUrl}/saml/${agencyCode}`;
  return { entityId, acsUrl: `${entityId}/acs`, sloUrl: `${entityId}/slo` };
}
