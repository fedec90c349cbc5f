import type { ActorRef, AgencyId } from '../../../libs/kernel/index.js';
import { decide, type Facts, type Marking } from '../../../libs/policy/index.js';

/** Whether an agency would see something once it is invited; if not, why: its agreement reaches too low, or the marking names others. */
export type Foreseen = 'gains' | 'above-ceiling' | 'not-releasable';

/**
 * What people of an agency that works on cases would see of an item if it were invited as proposed: the answer of the very policy that
 * decides once it is. `facts` are those of the case before it, with the invitation.
 */
export function foreseen({ at, workspace, invitation }: Facts, item: Marking): Foreseen {
  if (!workspace || !invitation) throw new Error('Nobody is invited to anything');
  const { agencyId, agreement, clause } = invitation;
  const proposed = { ...workspace, memberships: [{ agencyId, agreement, clause, validFrom: at, validTo: null }] };
  const { effect, reasons } = decide(somebodyOf(agencyId), 'item.read', { at, workspace: proposed, item });
  if (effect === 'permit') return 'gains';
  return reasons[0] === 'not-releasable' ? 'not-releasable' : 'above-ceiling';
}

/** Which of the roles that work on cases she has makes no difference to what she may read. */
function somebodyOf(agencyId: AgencyId): ActorRef {
  const roles: ActorRef['roles'] = ['duty-officer'];
  return { agencyId, roles } as unknown as ActorRef;
}
