import { ok, type Result } from '../kernel/index.js';
import { MAX_NOTE_LENGTH, fromBase64, fromDecimal, parseNote, toBase64, type NoteVerifier } from '../note/index.js';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { TlogErrorCode, refuse, type TlogError } from './errors.js';
import { HASH_BYTES } from './hashing.js';
import { verifyInclusion } from './inclusion.js';

/** A proof that travels (C2SP tlog-proof): a leaf's index and path, and the signed checkpoint it leads to. */
export interface ProofFile {
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Bytes for the application; nothing authenticates them. */
  readonly extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A path in a tree of up to 2^53 leaves is no longer than this. */
const MAX_PATH = 53;

/** The text of a proof file. */
export function formatProofFile({ index, path, checkpoint, extra }: ProofFile): string {
  const extraLines = extra === undefined ? [] : [`extra ${toBase64(extra)}`];
  return [HEADER, ...extraLines, `index ${index}`, ...path.map(toBase64), '', checkpoint].join('\n');
}

/**
 * Parses a proof file (attacker-controlled). Refused with `malformed-proof`, or `malformed-note` for its checkpoint,
 * unless it is exactly what `formatProofFile` prints for what was read.
 */
export function parseProofFile(text: string): Result<ProofFile, TlogError> {
  const split = text.indexOf('\n\n');
  if (text.length > MAX_NOTE_LENGTH || split < 0) return malformed('A proof has lines, an empty line, a checkpoint');
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== HEADER) return malformed(`The first line of a proof is ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ') === true ? fromBase64((lines.shift() ?? '').slice(6)) : undefined;
  const index = fromDecimal((lines.shift() ?? '').replace(/^index /, ''));
  if (index === undefined) return malformed('The index of a proof is a whole number without leading zeroes');
  if (lines.length > MAX_PATH) return malformed('The path of a proof is too long');
  const path = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES) as Uint8Array[];
  const checkpoint = text.slice(split + 2);
  const note = parseNote(checkpoint);
  if (!note.ok) return note;
  const proof: ProofFile = { index, path, checkpoint, ...(extra === undefined ? {} : { extra }) };
  return formatProofFile(proof) === text ? ok(proof) : malformed('The proof is not in its one canonical spelling');
}

/**
 * Whether a proof file shows that `leafHash` is in the log called `origin`, signed for by a trusted key.
 * Refused as parsing, `openCheckpoint` and `verifyInclusion` do.
 */
export function verifyProofFile(
  text: string,
  leafHash: Uint8Array,
  origin: string,
  trusted: readonly NoteVerifier[],
): Result<OpenedCheckpoint, TlogError> {
  const proof = parseProofFile(text);
  if (!proof.ok) return proof;
  const checkpoint = openCheckpoint(proof.value.checkpoint, origin, trusted);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const held = verifyInclusion({ leafHash, index: proof.value.index, size, root, proof: proof.value.path });
  return held.ok ? checkpoint : held;
}

function malformed(message: string): Result<never, TlogError> {
  return refuse(TlogErrorCode.MalformedProof, message);
}
