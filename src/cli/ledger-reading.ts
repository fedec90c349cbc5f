import { Client } from 'pg';
import type { LedgerConnection, LedgerTrust } from '../ledger/index.js';
import type { CliContext } from './command.js';

/** What a command that reads the ledger works with: a connection as the owner of the schema, and whose signature counts. */
export interface LedgerReading {
  readonly connection: LedgerConnection;
  readonly trust: LedgerTrust;
}

/**
 * Opens the database and runs `read` over it. Nothing of the ledger is loaded before a command needs it.
 *
 * @param given - whose signature counts, for a copy that is read where the keys are not; it is read as whoever signs in
 */
export async function readingLedger<T>(context: CliContext, read: (reading: LedgerReading) => Promise<T>, given?: LedgerTrust): Promise<T> {
  const { ledgerKey, pgConnection } = await import('../ledger/index.js');
  const { origin, trusted } = given ?? ownTrust(context, ledgerKey);
  const role = given === undefined ? { options: '-c role=concordat_owner' } : {};
  const client = new Client({ connectionString: context.ownerUrl(), ...role, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await read({ connection: pgConnection(client), trust: { origin, trusted } });
  } finally {
    await client.end();
  }
}

function ownTrust(context: CliContext, ledgerKey: (pem: string, origin: string) => LedgerTrust): LedgerTrust {
  const { keys } = context.config();
  return ledgerKey(keys.ledgerSigningKey, keys.ledgerOrigin);
}
