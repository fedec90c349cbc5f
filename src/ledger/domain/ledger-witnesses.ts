import { must } from '../../../libs/kernel/index.js';
import { fewestFor, parsePolicy, type ListedPolicy } from '../../../libs/witness/index.js';

/** Who cosigns this ledger. */
export interface LedgerWitnesses {
  readonly policy: ListedPolicy;
  /** The fewest of them that are enough. */
  readonly needed: number;
  /** How long the ledger may go without enough of them before acts that write stop. */
  readonly budgetSeconds: number;
}

/**
 * Who cosigns the ledger, or undefined when nobody does.
 *
 * @throws when the configuration let a policy through that cannot be read
 */
export function ledgerWitnesses({ policy: text, budgetSeconds }: { readonly policy: string | undefined; readonly budgetSeconds: number }): LedgerWitnesses | undefined {
  if (text === undefined) return undefined;
  const policy = must(parsePolicy(text));
  return { policy, needed: fewestFor(policy.quorum), budgetSeconds };
}
