import { err, invalid, ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { openCheckpoint, type OpenedCheckpoint, type TlogError } from '../../../libs/tlog/index.js';
import type { LedgerTrust } from './ledger-key.js';

/** The first so many entries, by their root. */
export type KnownTree = Pick<OpenedCheckpoint, 'size' | 'root'>;

/** What somebody kept of the ledger of then: a checkpoint with its root, or only how many entries there were. */
export type EarlierTree = KnownTree | { readonly size: number; readonly root: undefined };

const SIZE = /^(?:0|[1-9][0-9]{0,15})$/;

const UNUSABLE: Partial<Record<TlogError['code'], string>> = {
  'unknown-key': 'This checkpoint is not signed with the key of this ledger. Use one that this ledger signed.',
  'bad-signature': 'The signature under this checkpoint does not hold: its text was altered after it was signed. Use the checkpoint as it was kept.',
  'wrong-origin': 'This checkpoint is of another ledger. Use one that this ledger signed.',
};
const NO_CHECKPOINT =
  'This is neither a number of entries nor a signed checkpoint. A checkpoint has the name of the ledger, a size, a root and, after an empty line, a signature; copy all of it.';

/**
 * Reads what somebody kept (attacker-controlled): a size in plain decimal, or a signed checkpoint in its one canonical
 * spelling. Only white space after the end is forgiven, which forms and editors add and take away. Returns a refusal for
 * the field `from` for anything else, also for a checkpoint that this ledger's key did not sign: it proves nothing.
 */
export function readEarlierTree(text: string, { origin, trusted }: LedgerTrust): Result<EarlierTree, Refusal> {
  const given = text.trimEnd();
  if (SIZE.test(given) && Number.isSafeInteger(Number(given))) return ok({ size: Number(given), root: undefined });
  const opened = openCheckpoint(`${given}\n`, origin, trusted);
  if (opened.ok) return ok({ size: opened.value.size, root: opened.value.root });
  return err(invalid([{ field: 'from', message: UNUSABLE[opened.error.code] ?? NO_CHECKPOINT }]));
}
