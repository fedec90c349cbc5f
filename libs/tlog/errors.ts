import { err, type Err } from '../kernel/index.js';
import type { NoteErrorCode } from '../note/index.js';

/** Every reason this library itself gives for not believing what it was shown. Messages may change, codes may not. */
export const TlogErrorCode = {
  MalformedCheckpoint: 'malformed-checkpoint',
  WrongOrigin: 'wrong-origin',
  MalformedProof: 'malformed-proof',
  OutOfRange: 'out-of-range',
  WrongProofLength: 'wrong-proof-length',
  RootMismatch: 'root-mismatch',
  MalformedPath: 'malformed-path',
  MalformedTile: 'malformed-tile',
} as const;
export type TlogErrorCode = (typeof TlogErrorCode)[keyof typeof TlogErrorCode] | NoteErrorCode;

/** A refusal by this library, or by the notes below it: a code for the program and a sentence for the person. */
export interface TlogError {
  readonly code: TlogErrorCode;
  readonly message: string;
}

/** A refusal with a code and a sentence. */
export function refuse(code: TlogErrorCode, message: string): Err<TlogError> {
  return err({ code, message });
}
