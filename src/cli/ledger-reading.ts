import { Client } from 'pg';
import type { LedgerConnection, LedgerTrust } from '../ledger/index.js';
import type { CliContext } from './command.js';

/** What a command that reads the ledger works with: a connection as the owner of the schema, and whose signature counts. */
export interface LedgerReading {
  readonly connection: LedgerConnection;
  readonly trust: LedgerTrust;
}

/** Opens the database and runs `read` over it. Nothing of the ledger is loaded before a command needs it. */
export async function readingLedger<T>(context: CliContext, read: (reading: LedgerReading) => Promise<T>): Promise<T> {
  const { ledgerKey, pgConnection } = await import('../ledger/index.js');
  const { keys } = context.config();
  const { origin, trusted } = ledgerKey(keys.ledgerSigningKey, keys.ledgerOrigin);
  const client = new Client({ connectionString: context.ownerUrl(), options: '-c role=concordat_owner', connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await read({ connection: pgConnection(client), trust: { origin, trusted } });
  } finally {
    await client.end();
  }
}
