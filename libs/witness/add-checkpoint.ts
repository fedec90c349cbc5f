import { ok, type Result } from '../kernel/index.js';
import { fromBase64, fromDecimal, toBase64 } from '../note/index.js';
import { WitnessErrorCode, refuse, type WitnessError } from './errors.js';

/** The body of an `add-checkpoint` request (C2SP tlog-witness). */
export interface AddCheckpoint {
  /** Leaves of the checkpoint the witness is believed to have cosigned last; 0 when none. */
  readonly oldSize: number;
  /** The consistency proof from there, RFC 6962 section 2.1.2. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

/** A request never has more proof lines than this ("The client MUST NOT send more than 63"). */
export const MAX_PROOF_LINES = 63;
const HASH_BYTES = 32;

/** The text of a request. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return [`old ${oldSize}`, ...proof.map(toBase64), '', checkpoint].join('\n');
}

/**
 * Parses the body of a request (attacker-controlled bytes). Refused with `malformed-request` unless it is UTF-8 and
 * exactly what `formatAddCheckpoint` prints for what was read. The checkpoint is not looked into.
 */
export function parseAddCheckpoint(body: Uint8Array): Result<AddCheckpoint, WitnessError> {
  const text = decode(body);
  const split = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || split < 0) return malformed('A request is UTF-8: lines, an empty line, a checkpoint');
  const [first = '', ...lines] = text.slice(0, split).split('\n');
  const oldSize = first.startsWith('old ') ? fromDecimal(first.slice(4)) : undefined;
  if (oldSize === undefined) return malformed('The first line is old and a size without leading zeroes, below 2^53');
  if (lines.length > MAX_PROOF_LINES) return malformed(`A request has at most ${MAX_PROOF_LINES} proof lines`);
  const proof = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES) as Uint8Array[];
  if (proof.length !== lines.length) return malformed('Every proof line is the base64 of 32 bytes');
  return ok({ oldSize, proof, checkpoint: text.slice(split + 2) });
}

/** The text of the bytes, or undefined. A byte order mark is kept, as one more character that does not belong there. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function malformed(message: string): Result<never, WitnessError> {
  return refuse(WitnessErrorCode.MalformedRequest, message);
}
