/**
 * What an entry of the ledger records, after the Data Protection Act 2018 section 62 (collection, alteration,
 * consultation, disclosure, combination, erasure) and the acts the portal itself needs to account for.
 */
export const Category = {
  Collection: 'collection',
  Alteration: 'alteration',
  Classification: 'classification',
  Consultation: 'consultation',
  Disclosure: 'disclosure',
  Combination: 'combination',
  Erasure: 'erasure',
  Search: 'search',
  SignIn: 'sign-in',
  SignOut: 'sign-out',
  Administration: 'administration',
  Audit: 'audit',
  Policy: 'policy',
  Key: 'key',
} as const;
export type Category = (typeof Category)[keyof typeof Category];

interface VerbFacts {
  readonly category: Category;
  /** Whether somebody who is not signed in may try it: only what leads to signing in. */
  readonly anonymous?: true;
  /**
   * Whether a signed-in person changes with it what the agencies hold. Such acts stop while too few witnesses vouch for
   * the ledger; reading, auditing, signing in and out, and what protects people or sessions, do not.
   */
  readonly writes?: true;
}

/** Every act the product knows. A handler that names none of these does not boot. */
export const VERBS = {
  'page.public': { category: Category.Consultation, anonymous: true },
  'page.read': { category: Category.Consultation },
  'agency.list': { category: Category.Consultation, anonymous: true },
  'session.read': { category: Category.Consultation, anonymous: true },
  'session.sign-in': { category: Category.SignIn, anonymous: true },
  'session.sign-out': { category: Category.SignOut, anonymous: true },
  'session.end': { category: Category.Administration },
  'person.disable': { category: Category.Administration },
  'agency.import': { category: Category.Administration },
  'idp.import': { category: Category.Administration },
  'idp.read': { category: Category.Administration },
  'key.list': { category: Category.Key },
  'key.propose': { category: Category.Key },
  'key.approve': { category: Category.Key },
  'key.withdraw': { category: Category.Key },
  'key.rewrap': { category: Category.Key },
  'agreement.list': { category: Category.Consultation },
  'agreement.sign': { category: Category.Policy },
  'agreement.end': { category: Category.Policy },
  'duty-post.open': { category: Category.Administration },
  'duty-post.close': { category: Category.Administration },
  'workspace.list': { category: Category.Consultation },
  'workspace.open': { category: Category.Collection, writes: true },
  'workspace.read': { category: Category.Consultation },
  'workspace.search': { category: Category.Search },
  'purpose.state': { category: Category.Audit },
  'member.invite': { category: Category.Disclosure, writes: true },
  'member.end': { category: Category.Alteration, writes: true },
  'item.read': { category: Category.Consultation },
  'item.explain': { category: Category.Consultation },
  'item.audience': { category: Category.Consultation },
  'item.classify': { category: Category.Classification, writes: true },
  'note.add': { category: Category.Collection, writes: true },
  'record.save': { category: Category.Alteration, writes: true },
  'record.read': { category: Category.Consultation },
  'finding.record': { category: Category.Collection, writes: true },
  'exhibit.request-upload': { category: Category.Collection, writes: true },
  'exhibit.deposit': { category: Category.Collection, writes: true },
  'exhibit.record-physical': { category: Category.Collection, writes: true },
  'exhibit.read': { category: Category.Consultation },
  'exhibit.open': { category: Category.Consultation },
  'exhibit.take-sealed': { category: Category.Consultation },
  'exhibit.sharing': { category: Category.Consultation },
  'exhibit.share': { category: Category.Disclosure, writes: true },
  'exhibit.recall': { category: Category.Alteration, writes: true },
  'recall.list': { category: Category.Consultation },
  'recall.answer': { category: Category.Alteration, writes: true },
  'exhibit.scrub': { category: Category.Audit },
  'exhibit.scan': { category: Category.Audit },
  'exhibit.review': { category: Category.Consultation },
  'exhibit.prove': { category: Category.Audit },
  'proof.follow': { category: Category.Audit },
  'bundle.make': { category: Category.Disclosure, writes: true },
  'bundle.end': { category: Category.Disclosure },
  'hold.list': { category: Category.Consultation },
  'hold.place': { category: Category.Alteration, writes: true },
  'hold.lift': { category: Category.Alteration, writes: true },
  'disposal.propose': { category: Category.Alteration, writes: true },
  'disposal.decide': { category: Category.Erasure, writes: true },
  'retention.set': { category: Category.Alteration, writes: true },
  'retention.list': { category: Category.Consultation },
  'disclosure.read': { category: Category.Consultation },
  'disclosure.review': { category: Category.Alteration, writes: true },
  'disclosure.sign': { category: Category.Alteration, writes: true },
  'document.take': { category: Category.Consultation },
  'offer.list': { category: Category.Consultation },
  'custody.record': { category: Category.Alteration, writes: true },
  'custody.offer': { category: Category.Alteration, writes: true },
  'custody.answer': { category: Category.Alteration, writes: true },
  'alert.raise': { category: Category.Disclosure },
  'alert.send': { category: Category.Disclosure },
  'alert.read': { category: Category.Consultation },
  'alert.acknowledge': { category: Category.Alteration, writes: true },
  'live.listen': { category: Category.Consultation },
  'access-log.read': { category: Category.Audit },
  'agency-log.read': { category: Category.Audit },
  'ledger.search': { category: Category.Audit },
  'ledger.read': { category: Category.Audit },
  'ledger.state-reason': { category: Category.Audit },
  'ledger.save-search': { category: Category.Audit },
  'ledger.drop-search': { category: Category.Audit },
  'ledger.export': { category: Category.Audit },
  'ledger.erase': { category: Category.Erasure },
  'ledger.retire': { category: Category.Erasure },
  'ledger.end-export': { category: Category.Audit },
  'ledger.check': { category: Category.Audit },
  'ledger.prove': { category: Category.Audit },
  'ledger.monitor': { category: Category.Audit, anonymous: true },
  'unusual-use.raise': { category: Category.Audit },
  'unusual-use.list': { category: Category.Audit },
  'unusual-use.read': { category: Category.Audit },
  'unusual-use.assign': { category: Category.Audit, writes: true },
  'unusual-use.answer': { category: Category.Audit, writes: true },
  'unusual-use.close': { category: Category.Audit, writes: true },
  'operations.health': { category: Category.Consultation, anonymous: true },
  'operations.metrics': { category: Category.Consultation, anonymous: true },
} as const satisfies Readonly<Record<string, VerbFacts>>;

/** The name of an act, `thing.what-is-done`. */
export type Verb = keyof typeof VERBS;

/** Whether `text` names an act. */
export function isVerb(text: string): text is Verb {
  return Object.hasOwn(VERBS, text);
}

/** What the ledger files an act under. */
export function categoryOf(verb: Verb): Category {
  return VERBS[verb].category;
}

/** Whether an act may be tried without a session. */
export function isAnonymous(verb: Verb): boolean {
  const facts: VerbFacts = VERBS[verb];
  return facts.anonymous === true;
}

/** Whether an act changes what the agencies hold. */
export function isWriting(verb: Verb): boolean {
  const facts: VerbFacts = VERBS[verb];
  return facts.writes === true;
}
