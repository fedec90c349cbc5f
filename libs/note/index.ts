export type { NoteError, NoteErrorCode } from './errors.js';
export { ed25519PublicBytes, ed25519Signer, ed25519Verifier, formatVerifierKey, parseVerifierKey } from './note-keys.js';
export type { NoteSigner, NoteVerifier } from './note-keys.js';
export { cosignatureTime, formatCosignerKey, parseCosignatureKey, parseCosignerKey, type Cosigner } from './cosignature.js';
export { MAX_NOTE_LENGTH, formatNote, openNote, parseNote, signNote } from './note.js';
export type { NoteSignature, OpenedNote } from './note.js';
export { fromBase64, fromDecimal, toBase64 } from './text-numbers.js';
