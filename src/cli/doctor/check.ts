import type { Config } from '../../platform/config/index.js';
import type { CliContext } from '../command.js';

/** One thing the doctor looked at. */
export interface Finding {
  readonly check: string;
  readonly state: 'good' | 'warning' | 'bad';
  /** What was found and, unless good, what to do. */
  readonly words: string;
}

/** What a check may look at. */
export interface Patient {
  readonly context: CliContext;
  readonly config: Config;
  readonly now: Date;
}

/** Looks at one part of an installation. A check that throws is itself a bad finding. */
export interface Check {
  readonly name: string;
  look(patient: Patient): Promise<Omit<Finding, 'check'>>;
}

/** Everything is as it should be. */
export function good(words: string): Omit<Finding, 'check'> {
  return { state: 'good', words };
}

/** Works today; somebody should look soon. */
export function warning(words: string): Omit<Finding, 'check'> {
  return { state: 'warning', words };
}

/** Does not work, or is not safe. */
export function bad(words: string): Omit<Finding, 'check'> {
  return { state: 'bad', words };
}
