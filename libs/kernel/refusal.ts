/**
 * Every reason the product gives for not doing what was asked. Messages may change, codes may not.
 *
 * `not-found` is also the answer to "you may not": forbidden and absent are one answer (law 3).
 */
export const RefusalCode = {
  NotFound: 'not-found',
  Invalid: 'invalid',
  Stale: 'stale',
  Conflict: 'conflict',
  TooLarge: 'too-large',
  RateLimited: 'rate-limited',
  SignInAgain: 'sign-in-again',
  Unavailable: 'unavailable',
  /** Only ever to somebody who may read, and has not said what for. */
  PurposeRequired: 'purpose-required',
} as const;
export type RefusalCode = (typeof RefusalCode)[keyof typeof RefusalCode];

/** One thing wrong with one field of what was sent, in words for the person who sent it. */
export interface FieldFault {
  /** Dotted path of the input field, for example `input.title`. */
  readonly field: string;
  /** What is wrong and what to do, a whole sentence. */
  readonly message: string;
}

/** A refusal as a value. `message` says what was wrong and what to do next; it never carries another person's data. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly faults: readonly FieldFault[];
}

/** The one answer to both "there is no such thing" and "you may not know of it". */
export const NOT_FOUND: Refusal = Object.freeze({
  code: RefusalCode.NotFound,
  message: 'There is nothing here that you can see. Check the reference, or ask the lead agency to share it.',
  faults: Object.freeze([]),
});

/** A refusal of malformed input, one fault per field. */
export function invalid(faults: readonly FieldFault[]): Refusal {
  return {
    code: RefusalCode.Invalid,
    message: faults.map((fault) => fault.message).join(' '),
    faults,
  };
}

/** A refusal with a code and a sentence, and no field to blame. */
export function refusal(code: RefusalCode, message: string): Refusal {
  return { code, message, faults: [] };
}
