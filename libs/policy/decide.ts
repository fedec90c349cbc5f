import type { ActorRef } from '../kernel/index.js';
import { Denial, Permission, deny, permit, type Decision } from './decision.js';
import type { Facts } from './facts.js';
import { isGranted, worksOnCases } from './roles.js';
import {
  answersUnusualUse, approvesKeyChange, byNobody, byRole, classifies, contributes, derives, endsMembership, inCouncil, invites, leads, ofAgencyThat, ofOwnAgency, ofOwnMaking, originates, reviewsDisclosure, savesRecord, seesAlert, seesCaseOrItem, seesItem, seesUnusualUse, seesWorkspace,
  settlesUnusualUse, shares, whenNamed, type Rule,
} from './rules.js';
import { categoryOf, isAnonymous, isVerb, type Verb } from './verbs.js';

/** An auditor reads the log of any workspace; whoever works on cases, that of a workspace in sight. */
const readsAccessLog: Rule = (actor, facts) =>
  actor.roles.includes('auditor') ? permit(Permission.OwnRole) : worksOnCases(actor.roles) ? seesWorkspace(actor, facts) : deny(Denial.NoGrant);

/** An auditor looks at every agency's identity provider; an administrator at that of her own agency. */
const readsIdp: Rule = (actor, facts) => (actor.roles.includes('auditor') ? permit(Permission.OwnRole) : ofOwnAgency(actor, facts));

/** One rule per verb. A verb added to the list without a rule does not compile. */
const RULES: Readonly<Record<Verb, Rule>> = {
  'page.public': byRole,
  'page.read': byRole,
  'agency.list': byRole,
  'session.read': byRole,
  'session.sign-in': byRole,
  'session.sign-out': byRole,
  'session.end': ofOwnAgency,
  'person.disable': ofOwnAgency,
  'agency.import': byNobody,
  'idp.import': ofOwnAgency,
  'idp.read': readsIdp,
  'key.list': byRole,
  'key.propose': byRole,
  'key.approve': approvesKeyChange,
  'key.withdraw': ofOwnAgency,
  'key.rewrap': byNobody,
  'agreement.list': byRole,
  'agreement.sign': ofOwnAgency,
  'agreement.end': byNobody,
  'duty-post.open': byNobody,
  'duty-post.close': byNobody,
  'workspace.list': byRole,
  'workspace.open': inCouncil(ofOwnMaking),
  'workspace.read': seesWorkspace,
  'workspace.search': byRole,
  'purpose.state': seesWorkspace,
  'member.invite': invites,
  'member.end': endsMembership,
  'item.read': seesItem,
  'item.explain': seesItem,
  'item.audience': originates,
  'item.classify': classifies,
  'note.add': contributes,
  'record.save': savesRecord,
  'record.read': seesItem,
  'finding.record': inCouncil(contributes),
  'exhibit.request-upload': derives,
  'exhibit.deposit': derives,
  'exhibit.record-physical': derives,
  'exhibit.read': seesItem,
  'exhibit.open': seesItem,
  'exhibit.take-sealed': seesItem,
  'exhibit.sharing': originates,
  'exhibit.share': shares,
  'exhibit.recall': originates,
  'recall.list': byRole,
  'recall.answer': ofOwnAgency,
  'exhibit.scrub': byNobody,
  'exhibit.scan': byNobody,
  'exhibit.review': originates,
  'exhibit.prove': byRole,
  'proof.follow': byRole,
  'bundle.make': seesWorkspace,
  'bundle.end': byRole,
  'hold.list': seesWorkspace,
  'hold.place': seesCaseOrItem,
  'hold.lift': ofAgencyThat(seesCaseOrItem),
  'disposal.propose': originates,
  'disposal.decide': originates,
  'retention.set': originates,
  'retention.list': byRole,
  'disclosure.read': seesCaseOrItem,
  'disclosure.review': reviewsDisclosure,
  'disclosure.sign': leads,
  'document.take': seesWorkspace,
  'offer.list': byRole,
  'custody.record': seesItem,
  'custody.offer': seesItem,
  'custody.answer': seesItem,
  'alert.raise': byNobody,
  'alert.send': byNobody,
  'alert.read': whenNamed(seesAlert),
  'alert.acknowledge': whenNamed(seesAlert),
  'live.listen': byRole,
  'access-log.read': readsAccessLog,
  'agency-log.read': byRole,
  'ledger.search': byRole,
  'ledger.read': byRole,
  'ledger.state-reason': byRole,
  'ledger.save-search': byRole,
  'ledger.drop-search': byRole,
  'ledger.export': byRole,
  'ledger.erase': byNobody,
  'ledger.retire': byNobody,
  'ledger.end-export': byRole,
  'ledger.check': byRole,
  'ledger.prove': byRole,
  'ledger.monitor': byRole,
  'unusual-use.raise': byNobody,
  'unusual-use.list': byRole,
  'unusual-use.read': seesUnusualUse,
  'unusual-use.assign': settlesUnusualUse,
  'unusual-use.answer': answersUnusualUse,
  'unusual-use.close': settlesUnusualUse,
  'operations.health': byRole,
  'operations.metrics': byRole,
};

/**
 * Whether `actor` may do `verb` given what is known. Pure, and deny by default: an unknown verb, a role without the
 * grant, a fact left out are all denials. Reasons of a denial go to the ledger and never to whoever asked.
 *
 * @param verb - also an unknown name is answered, with a denial: it may come from a stored document.
 */
export function decide(actor: ActorRef | undefined, verb: string, facts: Facts): Decision {
  if (!isVerb(verb)) return deny(Denial.UnknownVerb);
  const decision = decideKnown(actor, verb, facts);
  if (decision.effect === 'deny') return decision;
  return { ...decision, obligations: [{ kind: 'record', category: categoryOf(verb) }, ...decision.obligations] };
}

function decideKnown(actor: ActorRef | undefined, verb: Verb, facts: Facts): Decision {
  if (isAnonymous(verb)) return permit(Permission.Anyone);
  if (!actor) return deny(Denial.NobodySignedIn);
  if (!isGranted(actor.roles, verb)) return deny(Denial.NoGrant);
  return RULES[verb](actor, facts);
}

/** Those of `things` on which `actor` may do `verb`, in their order. */
export function allowed<Thing extends Facts>(actor: ActorRef | undefined, verb: string, things: readonly Thing[]): Thing[] {
  return things.filter((thing) => decide(actor, verb, thing).effect === 'permit');
}
