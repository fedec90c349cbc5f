import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { SystemClock } from '../platform/clock.js';
import { UnitOfWork, type ActContext } from '../platform/index.js';
import { LedgerIntake } from '../ledger/index.js';

/** What a command of the operator works with: transactions as the owner of the schema, and the ledger, which records them too. */
export interface Operator {
  readonly unit: UnitOfWork;
  readonly ledger: LedgerIntake;
  /** Nobody is signed in: the ledger says the command line did it. */
  readonly context: ActContext;
}

/**
 * Opens the database at `ownerUrl` as the role that owns the schema. Only whoever holds that address may make agencies and
 * identity providers: neither the API nor the worker has it.
 */
export async function withOperator<T>(ownerUrl: string, act: (operator: Operator) => Promise<T>): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    applicationName: 'concordat command line',
    // As an act of UnitOfWork speaks: statements are sent before the ones ahead of them are answered.
    extra: { options: '-c role=concordat_owner', pipeline: true },
    poolSize: 2,
  });
  await source.initialize();
  try {
    const context: ActContext = { actor: undefined, system: 'cli', correlationId: randomUUID() };
    return await act({ unit: new UnitOfWork(source, new SystemClock()), ledger: new LedgerIntake(), context });
  } finally {
    await source.destroy();
  }
}
