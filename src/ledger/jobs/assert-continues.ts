import { openCheckpoint, readRoot, sameHash } from '../../../libs/tlog/index.js';
import type { LedgerTrust } from '../domain/ledger-key.js';
import type { LedgerConnection } from '../store/connection.js';
import { nodeReader, readHead } from '../store/tree-rows.js';
import { LedgerBroken } from './ledger-broken.js';

const ADVICE = 'If the database was put back from a backup on purpose, remove the file ledger-checkpoint from the data folder.';

/**
 * Before anything more is signed: the checkpoint this machine remembers must be the beginning of the stored ledger.
 * Otherwise signing on would make a second history of it, and overwrite the one proof of the first.
 *
 * @throws LedgerBroken when it is not
 */
export async function assertContinues(connection: LedgerConnection, trust: LedgerTrust, remembered: string): Promise<void> {
  const opened = openCheckpoint(remembered, trust.origin, trust.trusted);
  if (!opened.ok) throw new LedgerBroken(`The remembered checkpoint does not hold: ${opened.error.message}. ${ADVICE}`);
  const { size, root } = opened.value;
  const head = await readHead(connection);
  if ((head?.size ?? 0) < size) {
    throw new LedgerBroken(`The ledger has ${head?.size ?? 0} entries, fewer than the ${size} that were signed for. ${ADVICE}`);
  }
  if (!sameHash(await readRoot(nodeReader(connection), size), root)) {
    throw new LedgerBroken(`The first ${size} entries of the ledger are not those that were signed for. ${ADVICE}`);
  }
}
