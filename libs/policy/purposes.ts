import { isCurrentTerm, type MarkingTerm } from './marking-terms.js';
import type { Ground } from './sight.js';

/**
 * What the agency that leads an investigation reads it for beside what agreements name: its own statutory duty. Reference data: a purpose
 * that ends stays here, so that what was once read for it can still be told.
 */
export const LEAD_PURPOSES: readonly MarkingTerm[] = [{ text: 'Investigation by the lead authority', from: '2026-01-01' }];

/** What the lead agency's own grounds do not say of an investigation. */
export interface LedFor {
  /** What it was opened for. */
  readonly purpose: string;
  /** What each agency that takes part now takes part for, by its clause. */
  readonly members: readonly string[];
}

/**
 * The purposes somebody may state who sees an investigation on these grounds: those of the clauses her agency is a member under; where
 * her agency leads, what the investigation was opened for, what the others take part for, and the duty of the lead.
 */
export function purposesFor(grounds: readonly Ground[], led: LedFor, at: Date): readonly string[] {
  const duties = LEAD_PURPOSES.map(({ text }) => text).filter((text) => isCurrentTerm(LEAD_PURPOSES, text, at));
  const purposes = grounds.flatMap((ground) => (ground.kind === 'lead' ? [led.purpose, ...led.members, ...duties] : [ground.membership.clause.purpose]));
  return [...new Set(purposes)];
}
