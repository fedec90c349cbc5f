import { err, invalid, ok, type Refusal, type Result } from '../kernel/index.js';
import { inForce, URGENCIES, type BreachRule, type BreachUrgency, type Condition, type RatingScheme, type RuleBook, type ToldKind } from './rules.js';
import { checkScores, ELEMENTS, type Findings } from './scores.js';

/** What findings amount to under the rules of their day. */
export interface Assessment {
  /** 0 (worst) to 5. */
  readonly rating: number;
  readonly words: string;
  readonly breach: boolean;
  /** Null when it is no breach. */
  readonly urgency: BreachUrgency | null;
  /** The gravest rule that applies, which is the one to cite. Null when it is no breach. */
  readonly rule: BreachRule | null;
  /** Kinds of agency that any applicable rule asks to be told, each once. */
  readonly tell: readonly ToldKind[];
}

/**
 * Assesses `findings` by the rules in force at `at`, the time of the inspection.
 *
 * Returns a refusal for scores the Food Law Code does not allow, and for a time at which no rating scheme was in force.
 */
export function assess(findings: Findings, rules: RuleBook, at: Date): Result<Assessment, Refusal> {
  const checked = checkScores(findings);
  if (!checked.ok) return checked;
  const [scheme] = inForce(rules.ratings, at);
  if (scheme === undefined) return err(NO_SCHEME);
  const { rating, words } = rate(findings, scheme);
  const applicable = inForce(rules.breaches, at).filter((rule) => applies(rule.when, findings, rating));
  const rule = gravest(applicable);
  const tell = [...new Set(applicable.flatMap((each) => each.tell))];
  return ok({ rating, words, breach: rule !== null, urgency: rule?.urgency ?? null, rule, tell });
}

const NO_SCHEME = invalid([
  { field: 'inspectedOn', message: 'No food hygiene rating scheme was in force on that day. Check the date of the inspection.' },
]);

/**
 * The rating of allowed scores: the best band whose sum and single-score limits both hold, so that one bad score
 * cannot hide behind two good ones.
 */
export function rate(findings: Findings, scheme: RatingScheme): { readonly rating: number; readonly words: string } {
  const scores = ELEMENTS.map((element) => findings[element]);
  const sum = scores.reduce((total, score) => total + score, 0);
  const worst = Math.max(...scores);
  const band = scheme.bands.find(({ maxSum, maxSingle }) => sum <= maxSum && worst <= maxSingle);
  const rating = band?.rating ?? scheme.otherwise;
  return { rating, words: scheme.words[rating] ?? String(rating) };
}

function applies(condition: Condition, findings: Findings, rating: number): boolean {
  switch (condition.is) {
    case 'imminent-risk':
      return findings.imminentRisk;
    case 'rating-at-most':
      return rating <= condition.rating;
    case 'score-at-least':
      return findings[condition.element] >= condition.score;
    case 'all':
      return condition.of.every((part) => applies(part, findings, rating));
    case 'any':
      return condition.of.some((part) => applies(part, findings, rating));
    case 'never':
      return false;
  }
}

function gravest(rules: readonly BreachRule[]): BreachRule | null {
  for (const urgency of URGENCIES) {
    const found = rules.find((rule) => rule.urgency === urgency);
    if (found !== undefined) return found;
  }
  return null;
}
