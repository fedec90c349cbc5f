import { type Result } from '../kernel/index.js';
import { formatConsistencyFile, parseConsistencyFile, type ConsistencyFile } from '../tlog/index.js';
import { WitnessErrorCode, refuse, type WitnessError } from './errors.js';

/**
 * The body of an `add-checkpoint` request (C2SP tlog-witness): a consistency proof from the checkpoint the witness is
 * believed to have cosigned last (size 0 when none) to the signed checkpoint that is to be cosigned.
 */
export type AddCheckpoint = ConsistencyFile;

/** The text of a request. */
export const formatAddCheckpoint: (request: AddCheckpoint) => string = formatConsistencyFile;

/**
 * Parses the body of a request (attacker-controlled bytes). Refused with `malformed-request` unless it is UTF-8 and
 * exactly what `formatAddCheckpoint` prints for what was read. No signature is checked.
 */
export function parseAddCheckpoint(body: Uint8Array): Result<AddCheckpoint, WitnessError> {
  const text = decode(body);
  if (text === undefined) return refuse(WitnessErrorCode.MalformedRequest, 'A request is UTF-8: lines, an empty line, a checkpoint');
  const file = parseConsistencyFile(text);
  return file.ok ? file : refuse(WitnessErrorCode.MalformedRequest, file.error.message);
}

/** The text of the bytes, or undefined. A byte order mark is kept, as one more character that does not belong there. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
