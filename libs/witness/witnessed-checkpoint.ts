import { ok, type Result } from '../kernel/index.js';
import { cosignatureTime, type NoteVerifier } from '../note/index.js';
import { openCheckpoint, parseProofFile, verifyInclusion, type OpenedCheckpoint } from '../tlog/index.js';
import { WitnessErrorCode, refuse, type WitnessError } from './errors.js';
import { isQuorum, type WitnessPolicy } from './policy.js';

/** One witness's word on a checkpoint. */
export interface Witnessing {
  readonly name: string;
  /** Seconds since 1970: when the witness last signed that this was the largest tree it had seen. */
  readonly seconds: number;
}

/** A checkpoint its log signed and enough witnesses cosigned. */
export interface WitnessedCheckpoint extends OpenedCheckpoint {
  /** Every trusted witness whose cosignature holds, each once. */
  readonly witnessed: readonly Witnessing[];
}

/**
 * Opens a cosigned checkpoint (attacker-controlled) under a policy. The adversary is the log: it may show one history
 * here and another elsewhere, so its own signature is needed and never enough.
 *
 * Refused as `openCheckpoint` does, so that a line that claims a trusted key and does not hold refuses the whole
 * note; with `unknown-key` when none of the policy's logs of this origin signed it; and with `too-few-witnesses`.
 */
export function openWitnessed(note: string, policy: WitnessPolicy): Result<WitnessedCheckpoint, WitnessError> {
  const origin = note.slice(0, Math.max(0, note.indexOf('\n')));
  const logs = policy.logs.filter(({ name }) => name === origin);
  const opened = openCheckpoint(note, origin, [...logs, ...policy.witnesses]);
  if (!opened.ok) return opened;
  const signers = new Set(opened.value.note.signers);
  if (!logs.some((log) => signers.has(log))) return refuse('unknown-key', 'No log of the policy signed this checkpoint');
  if (!isQuorum(policy.quorum, signers)) {
    return refuse(WitnessErrorCode.TooFewWitnesses, 'The witnesses that cosigned this checkpoint are not the quorum');
  }
  return ok({ ...opened.value, witnessed: witnessings(opened.value, policy.witnesses) });
}

/**
 * Whether a proof file (attacker-controlled) shows that `leafHash` is in a log of the policy, under a checkpoint that
 * enough witnesses cosigned. Refused as parsing, `openWitnessed` and `verifyInclusion` do.
 */
export function verifyWitnessedProof(
  text: string,
  leafHash: Uint8Array,
  policy: WitnessPolicy,
): Result<WitnessedCheckpoint, WitnessError> {
  const proof = parseProofFile(text);
  if (!proof.ok) return proof;
  const checkpoint = openWitnessed(proof.value.checkpoint, policy);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const held = verifyInclusion({ leafHash, index: proof.value.index, size, root, proof: proof.value.path });
  return held.ok ? checkpoint : held;
}

function witnessings({ note }: OpenedCheckpoint, witnesses: readonly NoteVerifier[]): readonly Witnessing[] {
  return witnesses.flatMap(({ name, keyId }) => {
    const own = note.verified.filter((line) => line.name === name && line.keyId === keyId);
    const times = own.flatMap(({ signature }) => cosignatureTime(signature) ?? []);
    return times.length === 0 ? [] : [{ name, seconds: Math.max(...times) }];
  });
}
