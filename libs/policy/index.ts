export { Category, VERBS, categoryOf, isAnonymous, isVerb, type Verb } from './verbs.js';
