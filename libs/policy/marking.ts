import type { AgencyId } from '../kernel/index.js';

/** The tiers of the Government Security Classifications (policy of 5 August 2024), in rising order. */
export const Tier = { Official: 1, Secret: 2, TopSecret: 3 } as const;
export type Tier = (typeof Tier)[keyof typeof Tier];

/** How high something is marked. `-SENSITIVE` is an addition to OFFICIAL, never to a higher tier. */
export interface Level {
  readonly tier: Tier;
  readonly sensitive: boolean;
}

/** Everything a marking restricts, whoever set it. */
export interface Restrictions extends Level {
  /** Sorted, without repetition. */
  readonly descriptors: readonly string[];
  /** Sorted, without repetition. */
  readonly handling: readonly string[];
  /** The agencies that may receive it; null is every member of the workspace. Sorted, without repetition. */
  readonly releasableTo: readonly AgencyId[] | null;
}

/** A marking as it travels with an item: the restrictions, and the agency that alone may lower them. */
export interface Marking extends Restrictions {
  readonly originator: AgencyId;
}

/** The highest level this deployment holds. Above it nothing is accepted and nothing is shown. */
export const DEPLOYMENT_CEILING: Level = Object.freeze({ tier: Tier.Official, sensitive: true });

/** The place of a level in the one order of levels: OFFICIAL, OFFICIAL-SENSITIVE, SECRET, TOP SECRET. */
export function rankOf({ tier, sensitive }: Level): number {
  return tier * 2 + (tier === Tier.Official && sensitive ? 1 : 0);
}

/** Whether something marked at `level` may be held under `ceiling`. */
export function isWithin(level: Level, ceiling: Level): boolean {
  return rankOf(level) <= rankOf(ceiling);
}

/** Whether a marking lets `agency` receive what carries it. The originator always may. */
export function isReleasableTo(marking: Marking, agency: AgencyId): boolean {
  return marking.releasableTo === null || marking.originator === agency || marking.releasableTo.includes(agency);
}

/**
 * The restrictions of what is made from two marked things: the highest level, all descriptors and handling
 * instructions of both, and only the agencies that may receive either.
 */
export function joinRestrictions(one: Restrictions, other: Restrictions): Restrictions {
  const { tier, sensitive } = rankOf(one) >= rankOf(other) ? one : other;
  return {
    tier,
    sensitive: sensitive && tier === Tier.Official,
    descriptors: sortedUnion(one.descriptors, other.descriptors),
    handling: sortedUnion(one.handling, other.handling),
    releasableTo: intersection(one.releasableTo, other.releasableTo),
  };
}

/** Whether `next` lowers `held`: gives up any of its restrictions, or names another originator. */
export function lowers(held: Marking, next: Marking): boolean {
  return givesUp(held, next) || next.originator !== held.originator;
}

/** Whether `next` gives up any restriction that `held` makes, whoever made either: a lower level, a term less, an agency more. */
export function givesUp(held: Marking, next: Marking): boolean {
  const lost = (from: readonly string[], to: readonly string[]): boolean => from.some((term) => !to.includes(term));
  return (
    rankOf(next) < rankOf(held) ||
    lost(held.descriptors, next.descriptors) ||
    lost(held.handling, next.handling) ||
    widens(held, next)
  );
}

/** The originator may always receive it, so naming it in the list takes nothing away and gives nothing. */
function widens(held: Marking, next: Marking): boolean {
  if (held.releasableTo === null) return false;
  if (next.releasableTo === null) return true;
  return next.releasableTo.some((agency) => !isReleasableTo(held, agency));
}

function intersection(one: readonly AgencyId[] | null, other: readonly AgencyId[] | null): readonly AgencyId[] | null {
  if (one === null) return other === null ? null : sortedUnion(other, []);
  if (other === null) return sortedUnion(one, []);
  return sortedUnion(one.filter((agency) => other.includes(agency)), []);
}

/** Both lists as one, sorted by code unit, each term once. */
export function sortedUnion<T extends string>(one: readonly T[], other: readonly T[]): readonly T[] {
  return [...new Set([...one, ...other])].sort();
}
