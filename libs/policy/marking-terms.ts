/** A descriptor or handling instruction and the days on which it may be newly applied. */
export interface MarkingTerm {
  /** As printed. */
  readonly text: string;
  /** First day, `YYYY-MM-DD`, UTC. */
  readonly from: string;
  /** First day on which it may no longer be newly applied; absent while it is current. */
  readonly until?: string;
}

const POLICY_2014 = '2014-04-02';
const POLICY_2024 = '2024-08-05';

/**
 * Descriptors: what kind of harm a marking guards against. Reference data: a term that ends stays here, so that what
 * was once marked with it can still be read.
 */
export const DESCRIPTORS: readonly MarkingTerm[] = [
  { text: 'COMMERCIAL', from: POLICY_2014 },
  { text: 'HR/MANAGEMENT', from: POLICY_2024 },
  { text: 'LEGAL', from: POLICY_2024 },
  { text: 'LOCSEN', from: POLICY_2014 },
  { text: 'MARKET SENSITIVE', from: POLICY_2024 },
  { text: 'MEDICAL', from: POLICY_2024 },
  { text: 'PERSONAL', from: POLICY_2014, until: POLICY_2024 },
  { text: 'PERSONAL DATA', from: POLICY_2024 },
  { text: 'POLICY', from: POLICY_2024 },
  { text: 'PROTECTED INVESTIGATION', from: POLICY_2024 },
];

/**
 * Handling instructions: what a reader must do. FOR PUBLIC RELEASE is not among them: it gives a permission where all
 * others take one away, and nothing in a shared investigation is for the public.
 */
export const HANDLING: readonly MarkingTerm[] = [
  { text: 'EMBARGOED', from: POLICY_2024 },
  { text: 'HMG USE ONLY', from: POLICY_2024 },
  { text: 'ORGANISATION USE ONLY', from: POLICY_2024 },
  { text: 'RECIPIENTS ONLY', from: POLICY_2024 },
];

/** Whether `text` is a term of `terms`, current or past. */
export function isTerm(terms: readonly MarkingTerm[], text: string): boolean {
  return terms.some((term) => term.text === text);
}

/** Whether `text` may be newly applied on the UTC day of `at`. */
export function isCurrentTerm(terms: readonly MarkingTerm[], text: string, at: Date): boolean {
  const day = at.toISOString().slice(0, 10);
  return terms.some((term) => term.text === text && term.from <= day && (term.until === undefined || day < term.until));
}
