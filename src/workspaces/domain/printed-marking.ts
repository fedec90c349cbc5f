import { joinRestrictions, printMarking, type Level, type Marking } from '../../../libs/policy/index.js';

/** The columns every marked row has. */
export interface MarkingColumns {
  readonly tier: number;
  readonly sensitive: boolean;
  readonly descriptors: string[];
  readonly handling: string[];
}

type Restrictions = Omit<Marking, 'originator'>;

/** The level of a stored marking. */
export function levelOf({ tier, sensitive }: MarkingColumns): Level {
  return { tier: tier as Level['tier'], sensitive };
}

/** A stored marking as its printed text. */
export function printed(columns: MarkingColumns): string {
  return printMarking(restrictionsOf(columns));
}

/** The printed marking of several things shown together (law 6: the highest level and the union of restrictions). */
export function printedTogether(first: MarkingColumns, others: readonly MarkingColumns[]): string {
  const joined = others.reduce<Restrictions>((held, next) => joinRestrictions(held, restrictionsOf(next)), restrictionsOf(first));
  return printMarking(joined);
}

function restrictionsOf({ tier, sensitive, descriptors, handling }: MarkingColumns): Restrictions {
  return { tier: tier as Level['tier'], sensitive, descriptors, handling, releasableTo: null };
}
