import type { Element } from './scores.js';

/** How grave a breach is, the gravest first. */
export const URGENCIES = ['critical', 'high', 'normal'] as const;
export type BreachUrgency = (typeof URGENCIES)[number];

/** The kinds of agency a rule can ask to be told. */
export type ToldKind = 'council' | 'police' | 'fire' | 'health';

/** When a rule applies, as data: it can be stored, shown to an auditor and compared, and it can run nothing. */
export type Condition =
  | { readonly is: 'imminent-risk' }
  | { readonly is: 'rating-at-most'; readonly rating: number }
  | { readonly is: 'score-at-least'; readonly element: Element; readonly score: number }
  | { readonly is: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly is: 'never' };

/** One version of one breach rule. The latest version that has begun is in force; `never` withdraws a rule. */
export interface BreachRule {
  readonly id: string;
  readonly version: number;
  /** First moment at which this version is in force. */
  readonly effectiveFrom: Date;
  /** What the rule says, for the officer and the auditor. */
  readonly words: string;
  readonly when: Condition;
  readonly urgency: BreachUrgency;
  readonly tell: readonly ToldKind[];
  /** Code of the legal gateway under which they are told. */
  readonly gateway: string;
}

/** One step of a rating scheme: it holds when the sum and every single score are within its limits. */
export interface RatingBand {
  readonly maxSum: number;
  readonly maxSingle: number;
  readonly rating: number;
}

/** One version of a rating scheme: bands from the best rating down, and the rating when none holds. */
export interface RatingScheme {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: Date;
  readonly bands: readonly RatingBand[];
  readonly otherwise: number;
  readonly words: Readonly<Record<number, string>>;
}

/** Everything an assessment depends on besides the findings and the day. */
export interface RuleBook {
  readonly ratings: readonly RatingScheme[];
  readonly breaches: readonly BreachRule[];
}

/**
 * For each id, the version in force at `at`: the one that began last among those that have begun. Versions that began
 * at the same moment are told apart by number.
 */
export function inForce<Versioned extends { readonly id: string; readonly version: number; readonly effectiveFrom: Date }>(
  versions: readonly Versioned[],
  at: Date,
): Versioned[] {
  const latest = new Map<string, Versioned>();
  for (const version of versions) {
    if (version.effectiveFrom > at) continue;
    const known = latest.get(version.id);
    if (known === undefined || isLater(version, known)) latest.set(version.id, version);
  }
  return [...latest.values()];
}

function isLater(
  one: { readonly version: number; readonly effectiveFrom: Date },
  other: { readonly version: number; readonly effectiveFrom: Date },
): boolean {
  const apart = one.effectiveFrom.getTime() - other.effectiveFrom.getTime();
  return apart > 0 || (apart === 0 && one.version > other.version);
}
