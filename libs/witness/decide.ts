import type { NoteVerifier } from '../note/index.js';
import { formatNote } from '../note/index.js';
import { EMPTY_ROOT, openCheckpoint, sameHash, verifyConsistency, type OpenedCheckpoint } from '../tlog/index.js';
import { parseAddCheckpoint, type AddCheckpoint } from './add-checkpoint.js';

/** A log a witness watches, with the keys it believes for it. */
export interface WatchedLog {
  readonly origin: string;
  readonly keys: readonly NoteVerifier[];
}

/** The last tree of a log that a witness cosigned. */
export interface RememberedTree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What a witness holds before a request comes. */
export interface WitnessFacts {
  readonly logs: readonly WatchedLog[];
  /** The tree cosigned last for the origin; undefined when there was none. */
  remembered(origin: string): RememberedTree | undefined;
}

/** A checkpoint that may be cosigned once it has been remembered for good. */
export interface Accepted {
  readonly status: 200;
  readonly checkpoint: OpenedCheckpoint;
  /** The checkpoint with the log's own lines and no others: lines by strangers are not passed on. */
  readonly note: string;
  /** Whether there is anything new to remember. */
  readonly isNews: boolean;
}

/** A request that is answered with no cosignature. */
export interface Refused {
  readonly status: 400 | 403 | 404 | 409 | 422;
  readonly message: string;
  /** With 409 for an old size that is not the remembered one: the size that is. */
  readonly knownSize?: number;
  /** Two signed trees of one size: the log is caught, and this note is the evidence beside the remembered one. */
  readonly fork?: string;
}

export type WitnessDecision = Accepted | Refused;

/**
 * What a witness answers to `add-checkpoint` (C2SP tlog-witness), by the status the published text gives each case, in
 * its order. The body is attacker-controlled. The adversary is whoever holds the log's own key: everything he signs is
 * held against what was cosigned before.
 *
 * Deciding and remembering must be one step with nothing between for the same origin; that is for the caller to
 * ensure, and to sign only what is durably remembered.
 *
 * Where the text leaves room: a checkpoint that is no checkpoint is 400; a line that names a key of the log and does
 * not hold is 403 whatever else signed; a tree of no leaves with any root but the empty tree's is 422.
 */
export function decideAddCheckpoint(body: Uint8Array, facts: WitnessFacts): WitnessDecision {
  const request = parseAddCheckpoint(body);
  if (!request.ok) return { status: 400, message: request.error.message };
  const { checkpoint } = request.value;
  const origin = checkpoint.slice(0, checkpoint.indexOf('\n'));
  const log = facts.logs.find((one) => one.origin === origin);
  if (log === undefined) return { status: 404, message: 'This witness does not know a log of this origin' };
  const opened = openCheckpoint(checkpoint, origin, log.keys);
  if (!opened.ok) return { status: opened.error.code === 'malformed-checkpoint' ? 400 : 403, message: opened.error.message };
  return refusalOf(request.value, opened.value, facts.remembered(origin)) ?? accepted(opened.value, facts.remembered(origin));
}

function refusalOf(request: AddCheckpoint, checkpoint: OpenedCheckpoint, remembered: RememberedTree | undefined): Refused | undefined {
  const { oldSize, proof } = request;
  const { size, root } = checkpoint;
  const known = remembered ?? { size: 0, root: EMPTY_ROOT };
  if (oldSize > size) return { status: 400, message: 'The old size is greater than the size of the checkpoint' };
  if (oldSize !== known.size) {
    return { status: 409, message: 'The old size is not that of the checkpoint cosigned last', knownSize: known.size };
  }
  if (size > 0 && size === oldSize && proof.length === 0 && !sameHash(root, known.root)) {
    return { status: 409, message: 'A checkpoint of this size with another root has been cosigned', fork: checkpointNote(checkpoint) };
  }
  const held = verifyConsistency({ oldSize, newSize: size, oldRoot: known.root, newRoot: root, proof });
  return held.ok ? undefined : { status: 422, message: held.error.message };
}

function accepted(checkpoint: OpenedCheckpoint, remembered: RememberedTree | undefined): Accepted {
  const isNews = remembered === undefined || remembered.size !== checkpoint.size;
  return { status: 200, checkpoint, note: checkpointNote(checkpoint), isNews };
}

function checkpointNote({ note }: OpenedCheckpoint): string {
  return formatNote({ text: note.text, signatures: note.verified });
}
