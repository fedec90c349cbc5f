import type { AgencyId } from '../kernel/index.js';
import type { AgreementFacts, InvitationFacts, MembershipFacts, WorkspaceFacts } from './facts.js';
import { DEPLOYMENT_CEILING, isWithin, type Level } from './marking.js';

/** Why an agency sees something: it leads, or a membership under a clause lets it. */
export type Ground = { readonly kind: 'lead' } | { readonly kind: 'member'; readonly membership: MembershipFacts };

/** Whether an agreement binds at `at`: live, begun, not over. */
export function isLive(agreement: AgreementFacts, at: Date): boolean {
  return agreement.status === 'live' && agreement.validFrom <= at && at < agreement.validTo;
}

/** Whether information may pass between two agencies under an agreement at `at`. */
function binds(agreement: AgreementFacts, one: AgencyId, other: AgencyId, at: Date): boolean {
  return isLive(agreement, at) && agreement.parties.includes(one) && agreement.parties.includes(other);
}

/** Every ground on which `agency` sees `workspace` at `at`; none is absence. */
export function groundsFor(agency: AgencyId, workspace: WorkspaceFacts, at: Date): readonly Ground[] {
  if (!isWithin(workspace.level, DEPLOYMENT_CEILING)) return [];
  if (workspace.leadAgencyId === agency) return [{ kind: 'lead' }];
  return workspace.memberships.flatMap((membership) =>
    membership.agencyId === agency && isMembershipLive(membership, workspace, at) ? [{ kind: 'member', membership }] : [],
  );
}

function isMembershipLive({ agencyId, agreement, clause, validFrom, validTo }: MembershipFacts, workspace: WorkspaceFacts, at: Date): boolean {
  return (
    validFrom <= at &&
    (validTo === null || at < validTo) &&
    binds(agreement, agencyId, workspace.leadAgencyId, at) &&
    clause.agreementId === agreement.id &&
    isWithin(workspace.level, agreement.ceiling)
  );
}

/** Those of `grounds` that reach as high as `level`. */
export function groundsReaching(grounds: readonly Ground[], level: Level): readonly Ground[] {
  if (!isWithin(level, DEPLOYMENT_CEILING)) return [];
  return grounds.filter((ground) => ground.kind === 'lead' || isWithin(level, ground.membership.agreement.ceiling));
}

/** Whether the agency that leads `workspace` may invite another under a clause at `at`. */
export function mayInvite({ agencyId, agreement, clause }: InvitationFacts, workspace: WorkspaceFacts, at: Date): boolean {
  return (
    agencyId !== workspace.leadAgencyId &&
    binds(agreement, agencyId, workspace.leadAgencyId, at) &&
    clause.agreementId === agreement.id &&
    isWithin(workspace.level, agreement.ceiling)
  );
}
