/** What a rule counts, of one person. */
export type Counted =
  /** Reads of cases that were answered. */
  | 'reads'
  /** Reads that were refused: asking for what is not there, or is kept from her. */
  | 'refusals'
  /** Cases looked at for the first time in the span, in which she never contributed anything. */
  | 'cases-not-hers';

/** What makes a read unusual, as data: it can be stored, shown to an auditor and compared, and it can run nothing. */
export type Condition =
  | { readonly is: 'many'; readonly of: Counted; readonly moreThan: number; readonly withinMinutes: number }
  /** Local hours in Europe/London, from `from` up to, not including, `until`; over midnight when `from` is the later. */
  | { readonly is: 'odd-hours'; readonly from: number; readonly until: number; readonly exceptRoles: readonly string[] }
  /** What was read or searched for bears the reader's own family name. */
  | { readonly is: 'own-name' }
  /** The first look an agency ever takes at a case, though it could have looked for so many days. */
  | { readonly is: 'first-look'; readonly afterDays: number }
  | { readonly is: 'never' };

/** One version of one rule. The latest version that has begun is in force; `never` withdraws a rule. */
export interface UseRule {
  readonly id: string;
  readonly version: number;
  /** First moment at which this version is in force. */
  readonly effectiveFrom: Date;
  /** What the rule says, for whoever must explain. */
  readonly words: string;
  readonly when: Condition;
}

const FROM_THE_START = new Date('2026-01-01T00:00:00Z');

/** The rules the product ships with. A new version is added beside the old one, which goes on judging its own time. */
export const USE_RULES: readonly UseRule[] = [
  {
    id: 'many-reads', version: 1, effectiveFrom: FROM_THE_START,
    words: 'A great deal was read in a short time.',
    when: { is: 'many', of: 'reads', moreThan: 120, withinMinutes: 10 },
  },
  {
    id: 'many-refusals', version: 1, effectiveFrom: FROM_THE_START,
    words: 'Things were asked for again and again that are not there for this person.',
    when: { is: 'many', of: 'refusals', moreThan: 10, withinMinutes: 60 },
  },
  {
    id: 'cases-not-hers', version: 1, effectiveFrom: FROM_THE_START,
    words: 'Cases were read in which this person never did anything.',
    when: { is: 'many', of: 'cases-not-hers', moreThan: 8, withinMinutes: 24 * 60 },
  },
  {
    id: 'odd-hours', version: 1, effectiveFrom: FROM_THE_START,
    words: 'A case was read in the night by somebody who is not on duty then.',
    when: { is: 'odd-hours', from: 22, until: 6, exceptRoles: ['duty-officer'] },
  },
  {
    id: 'own-name', version: 1, effectiveFrom: FROM_THE_START,
    words: 'What was read or searched for bears the reader’s own family name.',
    when: { is: 'own-name' },
  },
  {
    id: 'first-look', version: 1, effectiveFrom: FROM_THE_START,
    words: 'An agency looked at a case for the first time, long after it was let in.',
    when: { is: 'first-look', afterDays: 30 },
  },
];

/** The version of each of `rules` that is in force at `at`. */
export function rulesInForce(rules: readonly UseRule[], at: Date): readonly UseRule[] {
  const latest = new Map<string, UseRule>();
  for (const rule of rules) {
    if (rule.effectiveFrom > at) continue;
    const known = latest.get(rule.id);
    if (known === undefined || isLater(rule, known)) latest.set(rule.id, rule);
  }
  return [...latest.values()].filter(({ when }) => when.is !== 'never');
}

function isLater(one: UseRule, other: UseRule): boolean {
  const [begins, began] = [one.effectiveFrom.getTime(), other.effectiveFrom.getTime()];
  return begins > began || (begins === began && one.version > other.version);
}
