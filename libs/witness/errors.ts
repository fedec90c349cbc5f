import { err, type Err } from '../kernel/index.js';
import type { TlogError } from '../tlog/index.js';

/** Every reason this library itself gives for saying no. Messages may change, codes may not. */
export const WitnessErrorCode = {
  MalformedRequest: 'malformed-request',
  MalformedPolicy: 'malformed-policy',
  TooFewWitnesses: 'too-few-witnesses',
} as const;
export type WitnessErrorCode = (typeof WitnessErrorCode)[keyof typeof WitnessErrorCode] | TlogError['code'];

/** A refusal by this library, or by those below it: a code for the program and a sentence for the person. */
export interface WitnessError {
  readonly code: WitnessErrorCode;
  readonly message: string;
}

/** A refusal with a code and a sentence. */
export function refuse(code: WitnessErrorCode, message: string): Err<WitnessError> {
  return err({ code, message });
}
