import { err, invalid, ok, type FieldFault, type Refusal, type Result } from '../kernel/index.js';

/** The three elements of a food hygiene inspection that the rating is made of (Food Law Code, parts 2A, 2B and 3A). */
export const ELEMENTS = ['hygiene', 'structure', 'confidence'] as const;
export type Element = (typeof ELEMENTS)[number];

/** The scores an officer may give for each element; higher is worse. Nothing in between exists. */
export const ALLOWED_SCORES: Readonly<Record<Element, readonly number[]>> = {
  hygiene: [0, 5, 10, 15, 20, 25],
  structure: [0, 5, 10, 15, 20, 25],
  confidence: [0, 5, 10, 20, 30],
};

/** What an officer found at one inspection. */
export interface Findings {
  /** Compliance with food hygiene and safety procedures (2A). */
  readonly hygiene: number;
  /** Compliance with structural requirements (2B). */
  readonly structure: number;
  /** Confidence in management and control procedures (3A). */
  readonly confidence: number;
  /** An imminent risk of injury to health (Food Safety and Hygiene (England) Regulations 2013, regulation 8). */
  readonly imminentRisk: boolean;
}

const NAMES: Readonly<Record<Element, string>> = {
  hygiene: 'food hygiene and safety',
  structure: 'structure and cleanliness',
  confidence: 'confidence in management',
};

/** `findings` (attacker-controlled) if every score is one the Code allows; else one fault for each that is not. */
export function checkScores(findings: Findings): Result<Findings, Refusal> {
  const faults = ELEMENTS.flatMap((element) => faultOf(element, findings[element]));
  return faults.length === 0 ? ok(findings) : err(invalid(faults));
}

function faultOf(element: Element, score: number): FieldFault[] {
  const allowed = ALLOWED_SCORES[element];
  if (allowed.includes(score)) return [];
  return [{ field: element, message: `The score for ${NAMES[element]} must be one of ${allowed.join(', ')}.` }];
}
