import { Tier, sortedUnion, type Level } from './marking.js';
import { DESCRIPTORS, HANDLING, isTerm } from './marking-terms.js';

/** The part of a marking that is printed. Who may receive it is said beside it, by name. */
export interface PrintedMarking extends Level {
  readonly descriptors: readonly string[];
  readonly handling: readonly string[];
}

const TIER_TEXT: Readonly<Record<Tier, string>> = { 1: 'OFFICIAL', 2: 'SECRET', 3: 'TOP SECRET' };
const SENSITIVE = '-SENSITIVE';
const BETWEEN = ' - ';

/** The marking as it stands at the top and bottom of a page: `OFFICIAL-SENSITIVE - PERSONAL DATA - RECIPIENTS ONLY`. */
export function printMarking({ tier, sensitive, descriptors, handling }: PrintedMarking): string {
  const level = `${TIER_TEXT[tier]}${sensitive && tier === Tier.Official ? SENSITIVE : ''}`;
  return [level, ...sortedUnion(descriptors, []), ...sortedUnion(handling, [])].join(BETWEEN);
}

/**
 * Reads a printed marking (attacker-controlled) back. Returns undefined for anything that {@link printMarking} would
 * not have printed: an unknown or repeated term, another order, another spacing.
 */
export function readMarking(text: string): PrintedMarking | undefined {
  const [first = '', ...terms] = text.split(BETWEEN);
  const sensitive = first.endsWith(SENSITIVE);
  const tierText = sensitive ? first.slice(0, -SENSITIVE.length) : first;
  const tier = Object.values(Tier).find((value) => TIER_TEXT[value] === tierText);
  if (tier === undefined) return undefined;
  const descriptors = terms.filter((term) => isTerm(DESCRIPTORS, term));
  const handling = terms.filter((term) => isTerm(HANDLING, term));
  const read: PrintedMarking = { tier, sensitive, descriptors, handling };
  return printMarking(read) === text ? read : undefined;
}
