import { must } from '../../../libs/kernel/index.js';
import { formatProofFile, makeInclusionProof } from '../../../libs/tlog/index.js';
import type { LedgerConnection } from '../store/connection.js';
import { nodeReader, readHead } from '../store/tree-rows.js';

/**
 * The C2SP tlog-proof of the entry at `index`, which anybody who holds the ledger's public key and the entry can check
 * offline; undefined while no checkpoint covers it.
 *
 * @throws when the stored tree has a hole where the proof runs
 */
export async function proveEntry(connection: LedgerConnection, index: number): Promise<string | undefined> {
  const head = await readHead(connection);
  if (head === undefined || index >= head.size) return undefined;
  const path = must(await makeInclusionProof(nodeReader(connection), index, head.size));
  return formatProofFile({ index, path, checkpoint: head.note });
}
