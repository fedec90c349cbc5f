import type { ActorRef } from '../kernel/index.js';
import { Denial, Permission, deny, permit, type Decision, type Obligation } from './decision.js';
import type { Facts } from './facts.js';
import { DEPLOYMENT_CEILING, givesUp, isReleasableTo, isWithin, lowers, type Marking } from './marking.js';
import { printMarking } from './marking-text.js';
import { groundsFor, groundsReaching, mayInvite, type Ground } from './sight.js';

/** What one verb asks of the facts, once the actor's roles grant the verb at all. */
export type Rule = (actor: ActorRef, facts: Facts) => Decision;

/** Nothing beyond the role: lists and pages, whose content is narrowed by the scope of every query. */
export const byRole: Rule = () => permit(Permission.OwnRole);

/** Never by a person: done by the product itself or by the operator's command line. */
export const byNobody: Rule = () => deny(Denial.NoGrant);

/** Only about one's own agency. */
export const ofOwnAgency: Rule = (actor, { ownerAgencyId }) =>
  ownerAgencyId === actor.agencyId ? permit(Permission.OwnAgency) : deny(Denial.NotOwnAgency);

/** What somebody of the actor's own agency proposed; never the actor herself. Two people stand behind a change of keys. */
export const approvesKeyChange: Rule = (actor, facts) =>
  facts.proposedBy === actor.personId ? deny(Denial.OwnProposal) : ofOwnAgency(actor, facts);

/** Only for people of a council. */
export const inCouncil =
  (rule: Rule): Rule =>
  (actor, facts) =>
    facts.agencyKind === 'council' ? rule(actor, facts) : deny(Denial.NotACouncil);

/** An own marking within what this deployment holds. */
export const ofOwnMaking: Rule = (actor, { proposed }) => {
  if (!proposed) return permit(Permission.OwnRole);
  if (proposed.originator !== actor.agencyId) return deny(Denial.NotTheOriginator);
  return isWithin(proposed, DEPLOYMENT_CEILING) ? permit(Permission.OwnRole) : deny(Denial.AboveCeiling);
};

/** The workspace, when one is named. */
export const seesWorkspace: Rule = (actor, { at, workspace }) => {
  if (!workspace) return deny(Denial.UnknownFacts);
  return onGrounds(groundsFor(actor.agencyId, workspace, at), Denial.NotAMember);
};

/** The workspace, and the item within it. */
export const seesItem: Rule = (actor, { at, workspace, item }) => {
  if (!workspace || !item) return deny(Denial.UnknownFacts);
  return onItem(actor, groundsFor(actor.agencyId, workspace, at), item);
};

/** What the actor's own agency brought, while it sees it: who else has it is that agency's to say. */
export const originates: Rule = (actor, facts) => {
  const seen = seesItem(actor, facts);
  if (seen.effect === 'deny') return seen;
  return facts.item?.originator === actor.agencyId ? seen : deny(Denial.NotTheOriginator);
};

/** Marking anew what one's own agency brought, which nobody else may, and never out of one's own sight. */
export const classifies: Rule = (actor, facts) => {
  const { item, proposed } = facts;
  const own = shares(actor, facts);
  if (own.effect === 'deny' || !proposed) return own;
  return proposed.originator === item?.originator ? seesItem(actor, { ...facts, item: proposed }) : deny(Denial.NotTheOriginator);
};

/** Showing what one's own agency brought to one agency more. */
export const shares: Rule = (actor, facts) => {
  const own = originates(actor, facts);
  return own.effect === 'deny' || !facts.proposed ? own : (freesOrigin(facts.proposed, facts) ?? own);
};

/** What is said of an exhibit in the schedule: by the agency that leads, which answers for the schedule, and by the one the exhibit is from. */
export const reviewsDisclosure: Rule = (actor, facts) => {
  const seen = seesItem(actor, facts);
  if (seen.effect === 'deny' || facts.workspace?.leadAgencyId === actor.agencyId) return seen;
  return originates(actor, facts);
};

/** The workspace, for people of the agency that leads it. */
export const leads: Rule = (actor, facts) => {
  const seen = seesWorkspace(actor, facts);
  return seen.effect === 'permit' && facts.workspace?.leadAgencyId !== actor.agencyId ? deny(Denial.NotTheLead) : seen;
};

/** The item where one is named, and else the workspace. */
export const seesCaseOrItem: Rule = (actor, facts) => (facts.item ? seesItem(actor, facts) : seesWorkspace(actor, facts));

/** Once it is known whose it was, only for people of that agency. */
export const ofAgencyThat =
  (rule: Rule): Rule =>
  (actor, facts) => {
    const seen = rule(actor, facts);
    return seen.effect === 'permit' && facts.ownerAgencyId !== undefined && facts.ownerAgencyId !== actor.agencyId ? deny(Denial.NotOwnAgency) : seen;
  };

/** Adding to a workspace: seeing it, and marking in one's own agency's name no higher than one may see. */
export const contributes: Rule = (actor, { at, workspace, proposed }) => {
  if (!workspace) return deny(Denial.UnknownFacts);
  const grounds = groundsFor(actor.agencyId, workspace, at);
  if (!proposed) return onGrounds(grounds, Denial.NotAMember);
  if (proposed.originator !== actor.agencyId) return deny(Denial.NotTheOriginator);
  return onItem(actor, grounds, proposed);
};

/**
 * Adding an exhibit: a contribution; made of one that is held, of one that is seen. Who makes something of another agency's exhibit
 * leaves every restriction of its marking on.
 */
export const derives: Rule = (actor, facts) => {
  const { item, proposed } = facts;
  const made = contributes(actor, facts);
  if (!item || made.effect === 'deny') return made;
  const seen = seesItem(actor, facts);
  return seen.effect === 'deny' || !proposed ? seen : (freesOrigin(proposed, facts) ?? made);
};

/**
 * Whoever makes a copy of another agency's thing answers for the copy, and gives up by it nothing which that thing keeps. Where it is out
 * of her sight nothing is given up at all: an answer that went by its marking would tell her what that is.
 */
function freesOrigin(proposed: Marking, { item, origin }: Facts): Decision | undefined {
  if (!item || origin === undefined) return deny(Denial.UnknownFacts);
  if (origin === null || !givesUp(item, proposed)) return undefined;
  return origin === 'out-of-sight' || givesUp(origin, proposed) ? deny(Denial.NotTheOriginator) : undefined;
}

/** Saving a record: a new one is a contribution; a held one must be seen, and only its originator lowers its marking. */
export const savesRecord: Rule = (actor, facts) => {
  const { item, proposed } = facts;
  if (!item) return contributes(actor, facts);
  const seen = seesItem(actor, facts);
  if (seen.effect === 'deny' || !proposed) return seen;
  if (proposed.originator !== item.originator) return deny(Denial.NotTheOriginator);
  if (item.originator !== actor.agencyId && lowers(item, proposed)) return deny(Denial.NotTheOriginator);
  return seesItem(actor, { ...facts, item: proposed });
};

/** Inviting: the lead agency, and when an invitation is named, under a clause that binds both. */
export const invites: Rule = (actor, facts) => {
  const { at, workspace, invitation } = facts;
  if (!workspace) return deny(Denial.UnknownFacts);
  const seen = seesWorkspace(actor, facts);
  if (seen.effect === 'deny') return seen;
  if (workspace.leadAgencyId !== actor.agencyId) return deny(Denial.NotTheLead);
  if (!invitation) return permit(Permission.LeadAgency);
  if (!mayInvite(invitation, workspace, at)) return deny(Denial.NoAgreement);
  return permit(Permission.LeadAgency, [citing(invitation.agreement.reference, invitation.clause)]);
};

/** Ending a membership: who leads ends that of another agency, a member its own; the agency that leads stays. Whose it is may be asked later. */
export const endsMembership: Rule = (actor, facts) => {
  const seen = seesWorkspace(actor, facts);
  const { workspace, ownerAgencyId: leaving } = facts;
  if (seen.effect === 'deny' || leaving === undefined) return seen;
  if (leaving === workspace?.leadAgencyId) return deny(Denial.LeadStays);
  return leaving === actor.agencyId || workspace?.leadAgencyId === actor.agencyId ? seen : deny(Denial.NotTheLead);
};

/** An alert: one's own agency's, about an item that the agency can still see. */
export const seesAlert: Rule = (actor, facts) => {
  const own = ofOwnAgency(actor, facts);
  return own.effect === 'deny' ? own : seesItem(actor, facts);
};

/** A read that wants an explanation: an auditor, who manages an agency concerned, and whoever was asked to answer. */
export const seesUnusualUse: Rule = (actor, facts) => {
  const { unusualUse } = facts;
  if (!unusualUse) return deny(Denial.UnknownFacts);
  if (actor.roles.includes('auditor')) return permit(Permission.OwnRole);
  if (unusualUse.assigneeId === actor.personId) return permit(Permission.Assigned);
  return managesUnusualUse(actor, facts);
};

/** Assigning and closing: who manages an agency concerned, never the reader herself. */
export const settlesUnusualUse: Rule = (actor, facts) =>
  facts.unusualUse?.readerId === actor.personId ? deny(Denial.OwnRead) : managesUnusualUse(actor, facts);

/** Answering: whoever was asked to. */
export const answersUnusualUse: Rule = (actor, { unusualUse }) =>
  unusualUse && unusualUse.assigneeId === actor.personId ? permit(Permission.Assigned) : deny(Denial.NotAssigned);

const managesUnusualUse: Rule = (actor, { unusualUse }) => {
  if (!unusualUse) return deny(Denial.UnknownFacts);
  if (!actor.roles.includes('service-manager')) return deny(Denial.NoGrant);
  return unusualUse.agencies.includes(actor.agencyId) ? permit(Permission.OwnAgency) : deny(Denial.NotOwnAgency);
};

/** `rule` when the verb is about one workspace or item; when about none, a list narrowed by its query. */
export const whenNamed =
  (rule: Rule): Rule =>
  (actor, facts) =>
    facts.workspace || facts.item || facts.ownerAgencyId ? rule(actor, facts) : byRole(actor, facts);

function onItem(actor: ActorRef, grounds: readonly Ground[], item: Marking): Decision {
  if (grounds.length === 0) return deny(Denial.NotAMember);
  const decision = onGrounds(groundsReaching(grounds, item), Denial.AboveCeiling);
  if (decision.effect === 'deny') return decision;
  if (!isReleasableTo(item, actor.agencyId)) return deny(Denial.NotReleasable);
  return { ...decision, obligations: [...decision.obligations, { kind: 'mark', marking: printMarking(item) }] };
}

/** The first ground is the one cited: memberships come oldest first, so that the answer does not wander. */
function onGrounds(grounds: readonly Ground[], otherwise: Denial): Decision {
  const [ground] = grounds;
  if (!ground) return deny(otherwise);
  if (ground.kind === 'lead') return permit(Permission.LeadAgency);
  const { agreement, clause } = ground.membership;
  return permit(Permission.Member, [citing(agreement.reference, clause)]);
}

function citing(agreement: string, { code, purpose, gateway }: { code: string; purpose: string; gateway: string }): Obligation {
  return { kind: 'cite', agreement, clause: code, purpose, gateway };
}
