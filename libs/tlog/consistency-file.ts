import { ok, type Result } from '../kernel/index.js';
import { MAX_NOTE_LENGTH, fromBase64, fromDecimal, parseNote, toBase64, type NoteVerifier } from '../note/index.js';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { verifyConsistency } from './consistency.js';
import { TlogErrorCode, refuse, type TlogError } from './errors.js';
import { HASH_BYTES } from './hashing.js';

/** A consistency proof that travels: from a tree of `oldSize` leaves to the one a signed checkpoint is of. */
export interface ConsistencyFile {
  readonly oldSize: number;
  /** The nodes of RFC 6962 section 2.1.2, in its order. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint of the later tree, verbatim. */
  readonly checkpoint: string;
}

/** What the holder of an earlier checkpoint knows, and holds the proof against. */
export interface KnownTree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** A proof between trees of up to 2^53 leaves is no longer than this (C2SP tlog-witness says 63). */
const MAX_PROOF = 63;

/**
 * The text of a consistency proof, in the shape in which C2SP tlog-witness has a log send one to a witness: a line
 * `old SIZE`, the hashes in base64, an empty line, the signed checkpoint.
 */
export function formatConsistencyFile({ oldSize, proof, checkpoint }: ConsistencyFile): string {
  return [`old ${oldSize}`, ...proof.map(toBase64), '', checkpoint].join('\n');
}

/**
 * Parses the text of a consistency proof (attacker-controlled). Refused with `malformed-proof`, or `malformed-note` for
 * its checkpoint, unless it is exactly what `formatConsistencyFile` prints for what was read.
 */
export function parseConsistencyFile(text: string): Result<ConsistencyFile, TlogError> {
  const split = text.indexOf('\n\n');
  if (text.length > MAX_NOTE_LENGTH || split < 0) return malformed('A consistency proof has lines, an empty line, a checkpoint');
  const lines = text.slice(0, split).split('\n');
  const oldSize = fromDecimal((lines.shift() ?? '').replace(/^old /, ''));
  if (oldSize === undefined) return malformed('The first line is old and a whole number without leading zeroes');
  if (lines.length > MAX_PROOF) return malformed('The proof is too long');
  const proof = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES) as Uint8Array[];
  const checkpoint = text.slice(split + 2);
  const note = parseNote(checkpoint);
  if (!note.ok) return note;
  const file = { oldSize, proof, checkpoint };
  return formatConsistencyFile(file) === text ? ok(file) : malformed('The proof is not in its one canonical spelling');
}

/**
 * Whether a consistency proof shows that the log called `origin`, signed for by a trusted key, still begins with the
 * tree that is known. Answers the checkpoint it leads to. Refused as parsing, `openCheckpoint` and `verifyConsistency`
 * do, and with `out-of-range` when it is a proof from another size than the known one.
 */
export function verifyConsistencyFile(
  text: string,
  known: KnownTree,
  origin: string,
  trusted: readonly NoteVerifier[],
): Result<OpenedCheckpoint, TlogError> {
  const file = parseConsistencyFile(text);
  if (!file.ok) return file;
  const { oldSize, proof } = file.value;
  if (oldSize !== known.size) return refuse(TlogErrorCode.OutOfRange, `The proof is from ${oldSize} leaves, not from ${known.size}`);
  const checkpoint = openCheckpoint(file.value.checkpoint, origin, trusted);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const held = verifyConsistency({ oldSize, newSize: size, oldRoot: known.root, newRoot: root, proof });
  return held.ok ? checkpoint : held;
}

function malformed(message: string): Result<never, TlogError> {
  return refuse(TlogErrorCode.MalformedProof, message);
}
