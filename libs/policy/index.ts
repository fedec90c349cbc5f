export { VERBS, categoryOf, isAnonymous, isVerb, isWriting, Category, type Verb } from './verbs.js';
export { joinRestrictions, lowers, type Level, type Marking } from './marking.js';
export { DESCRIPTORS, HANDLING } from './marking-terms.js';
export { printMarking } from './marking-text.js';
export { checkMarking } from './check-marking.js';
export { isGranted, worksOnCases } from './roles.js';
export type { AgreementFacts, Facts, UnusualUseFacts, WorkspaceFacts } from './facts.js';
export { allowed, decide } from './decide.js';
export { POLICY_VERSION } from './policy-version.js';
