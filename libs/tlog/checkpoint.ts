import { ok, type Result } from '../kernel/index.js';
import { fromBase64, fromDecimal, openNote, signNote, toBase64 } from '../note/index.js';
import type { NoteSigner, NoteVerifier, OpenedNote } from '../note/index.js';
import { TlogErrorCode, refuse, type TlogError } from './errors.js';
import { HASH_BYTES } from './hashing.js';

/** A log's tree head (C2SP tlog-checkpoint): which log, how many leaves, which root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Opaque lines after the third; this product writes none, because monitors cannot audit them. */
  readonly extensions: readonly string[];
}

/** A checkpoint whose signature holds. */
export interface OpenedCheckpoint extends Checkpoint {
  readonly note: OpenedNote;
}

/** The text of a checkpoint, ready to be signed. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), toBase64(root), ...extensions, ''].join('\n');
}

/**
 * Parses the text of a checkpoint (attacker-controlled until its signature has been checked).
 * Refused with `malformed-checkpoint` unless it is exactly what `formatCheckpoint` prints for what was read.
 */
export function parseCheckpoint(text: string): Result<Checkpoint, TlogError> {
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.split('\n');
  const extensions = rest.slice(0, -1);
  const size = fromDecimal(sizeText);
  const root = fromBase64(rootText);
  if (rest.at(-1) !== '') return malformed('A checkpoint has three lines or more, each ended by a newline');
  if (origin === '' || extensions.includes('')) return malformed('A checkpoint has no empty line');
  if (size === undefined) return malformed('The size is a whole number without leading zeroes, below 2^53');
  if (root?.length !== HASH_BYTES) return malformed('The root is the base64 of 32 bytes');
  return ok({ origin, size, root, extensions });
}

/**
 * Signs a checkpoint. Refused with `malformed-checkpoint` or `malformed-note` when it would not be read back as given.
 *
 * A log must never sign two checkpoints that are not one history; that is for the caller to ensure.
 */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): Result<string, TlogError> {
  const text = formatCheckpoint(checkpoint);
  const read = parseCheckpoint(text);
  if (!read.ok) return read;
  // An origin or an extension with a line end in it would be read back as other lines than it was given for.
  const { origin, size, extensions } = read.value;
  const isSame = origin === checkpoint.origin && size === checkpoint.size && extensions.length === checkpoint.extensions.length;
  return isSame ? signNote(text, signers) : malformed('The checkpoint would not be read back as it was signed');
}

/**
 * Opens a signed checkpoint (attacker-controlled) of the log called `origin`, with the keys that are trusted to sign
 * for it. Refused as `openNote` and `parseCheckpoint` do, and with `wrong-origin` when it is another log's: a key that
 * signs for two logs must not let one stand in for the other.
 */
export function openCheckpoint(
  note: string,
  origin: string,
  trusted: readonly NoteVerifier[],
): Result<OpenedCheckpoint, TlogError> {
  const opened = openNote(note, trusted);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpoint(opened.value.text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== origin) return refuse(TlogErrorCode.WrongOrigin, 'The checkpoint is of another log');
  return ok({ ...checkpoint.value, note: opened.value });
}

function malformed(message: string): Result<never, TlogError> {
  return refuse(TlogErrorCode.MalformedCheckpoint, message);
}
