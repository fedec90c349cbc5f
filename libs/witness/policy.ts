import { ok, type Result } from '../kernel/index.js';
import type { NoteVerifier } from '../note/index.js';
import { WitnessErrorCode, refuse, type WitnessError } from './errors.js';

/** What has to have witnessed a checkpoint: nobody, one witness, or a number of the members of a group. */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly key: NoteVerifier }
  | { readonly kind: 'group'; readonly threshold: number; readonly members: readonly Quorum[] };

/** Whom a reader trusts: an argument of every verification, never something found in what is verified. */
export interface WitnessPolicy {
  /** The logs a checkpoint may be of; the name of a log's key is its origin. */
  readonly logs: readonly NoteVerifier[];
  readonly witnesses: readonly NoteVerifier[];
  readonly quorum: Quorum;
}

/**
 * The policy that `threshold` of `witnesses` must have cosigned. Refused with `malformed-policy` when that is more than
 * there are, or when one key is listed twice, as two witnesses or as a log and its own witness: one signer would
 * count as two, or the log as its own judge.
 */
export function policyOf(
  logs: readonly NoteVerifier[],
  witnesses: readonly NoteVerifier[],
  threshold: number,
): Result<WitnessPolicy, WitnessError> {
  if (!Number.isInteger(threshold) || threshold < 0 || threshold > witnesses.length) {
    return refuse(WitnessErrorCode.MalformedPolicy, `${threshold} of ${witnesses.length} witnesses is no quorum`);
  }
  const twice = firstRepeatedKey([...logs, ...witnesses]);
  if (twice !== undefined) return refuse(WitnessErrorCode.MalformedPolicy, `The key of ${twice.name} is listed twice`);
  const members = witnesses.map((key): Quorum => ({ kind: 'witness', key }));
  return ok({ logs, witnesses, quorum: threshold === 0 ? { kind: 'none' } : { kind: 'group', threshold, members } });
}

/** The first key whose public bytes an earlier one has too, under whatever name and id. */
export function firstRepeatedKey(keys: readonly NoteVerifier[]): NoteVerifier | undefined {
  const seen = new Set<string>();
  return keys.find(({ publicKey }) => {
    const bytes = Buffer.from(publicKey).toString('hex');
    return seen.has(bytes) || !seen.add(bytes);
  });
}

/** Whether `signers`, who all signed the same text, are enough. A witness counts once however often it signed. */
export function isQuorum(quorum: Quorum, signers: ReadonlySet<NoteVerifier>): boolean {
  switch (quorum.kind) {
    case 'none':
      return true;
    case 'witness':
      return signers.has(quorum.key);
    case 'group':
      return quorum.members.filter((member) => isQuorum(member, signers)).length >= quorum.threshold;
  }
}

/** The fewest witnesses that can make up `quorum`. */
export function fewestFor(quorum: Quorum): number {
  switch (quorum.kind) {
    case 'none':
      return 0;
    case 'witness':
      return 1;
    case 'group':
      return quorum.members
        .map(fewestFor)
        .sort((one, other) => one - other)
        .slice(0, quorum.threshold)
        .reduce((sum, each) => sum + each, 0);
  }
}
