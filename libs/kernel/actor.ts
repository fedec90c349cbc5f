import type { AgencyId, PersonId, SessionId } from './ids.js';

/** The roles a person can hold in an agency. */
export const Role = {
  EnvironmentalHealthOfficer: 'environmental-health-officer',
  LicensingOfficer: 'licensing-officer',
  TradingStandardsOfficer: 'trading-standards-officer',
  PoliceOfficer: 'police-officer',
  FireOfficer: 'fire-officer',
  HealthPractitioner: 'health-practitioner',
  DutyOfficer: 'duty-officer',
  ServiceManager: 'service-manager',
  Auditor: 'auditor',
  Administrator: 'administrator',
} as const;
export type Role = (typeof Role)[keyof typeof Role];

/** Whether `text` names a role. */
export function isRole(text: string): text is Role {
  return (Object.values(Role) as string[]).includes(text);
}

/** A signed-in person acting for one agency: the principal of every act. */
export interface ActorRef {
  readonly personId: PersonId;
  readonly displayName: string;
  readonly agencyId: AgencyId;
  readonly agencyName: string;
  readonly agencyCode: string;
  readonly roles: readonly Role[];
  readonly sessionId: SessionId;
  /** SAML entityID of the identity provider that vouched for this session. */
  readonly idp: string;
}
