export { assess, rate, type Assessment } from './assess.js';
export { RULE_BOOK } from './rule-book.js';
export {
  inForce,
  URGENCIES,
  type BreachRule,
  type BreachUrgency,
  type Condition,
  type RatingBand,
  type RatingScheme,
  type RuleBook,
  type ToldKind,
} from './rules.js';
export { ALLOWED_SCORES, checkScores, ELEMENTS, type Element, type Findings } from './scores.js';
