import { Role, type ActorRef } from '../../../libs/kernel/index.js';
import { worksOnCases } from '../../../libs/policy/index.js';
import type { OwnSession } from '../queries/session-of-actor.js';
import type { Me, MyPowers } from './identity.types.js';

const OPENS: readonly Role[] = [Role.EnvironmentalHealthOfficer, Role.LicensingOfficer, Role.TradingStandardsOfficer, Role.ServiceManager];

/** The person who asks, for the top of every page. */
export function presentMe(actor: ActorRef, own: OwnSession, idleSeconds: number): Me {
  return {
    id: actor.personId,
    displayName: actor.displayName,
    email: own.email,
    initials: own.initials,
    agency: { id: actor.agencyId, code: actor.agencyCode, name: actor.agencyName },
    agencyKind: own.agencyKind,
    roles: [...actor.roles],
    sessionExpiresAt: own.expiresAt,
    idleSeconds,
    can: powersOf(actor.roles, own.agencyKind),
  };
}

/** What to offer. Whether it is then allowed is decided where it is done. */
function powersOf(roles: readonly Role[], kind: string): MyPowers {
  return {
    openWorkspace: kind === 'council' && roles.some((role) => OPENS.includes(role)),
    acknowledgeAlerts: roles.includes(Role.DutyOfficer),
    seeCases: worksOnCases(roles),
    audit: roles.includes(Role.Auditor),
    administer: roles.includes(Role.Administrator),
    manageUse: roles.includes(Role.ServiceManager),
  };
}
