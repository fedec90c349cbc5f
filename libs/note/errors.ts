import { err, type Err } from '../kernel/index.js';

/** Every reason this library gives for not believing a note or a key. Messages may change, codes may not. */
export const NoteErrorCode = {
  MalformedNote: 'malformed-note',
  MalformedKey: 'malformed-key',
  AmbiguousKey: 'ambiguous-key',
  UnknownKey: 'unknown-key',
  BadSignature: 'bad-signature',
} as const;
export type NoteErrorCode = (typeof NoteErrorCode)[keyof typeof NoteErrorCode];

/** A refusal by this library: a code for the program and a sentence for the person. */
export interface NoteError {
  readonly code: NoteErrorCode;
  readonly message: string;
}

/** A refusal with a code and a sentence. */
export function refuse(code: NoteErrorCode, message: string): Err<NoteError> {
  return err({ code, message });
}
