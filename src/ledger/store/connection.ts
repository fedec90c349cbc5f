import type { EntityManager } from 'typeorm';
import type { ClientBase } from 'pg';
import { named, type Work } from '../../platform/index.js';

/** The little of a database connection that reading and writing the tree needs, so that the worker, the API and the CLI each bring their own. */
export interface LedgerConnection {
  /** Runs one statement; values go in `parameters`. */
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
}

/** The first of what was found, and how many there are: what is not listed is counted, so that a flood of it hides nothing. */
export interface Counted<T> {
  readonly listed: readonly T[];
  readonly found: number;
}

/** Rows that each carry the number of all, as `count(*) OVER ()::int AS found` gives it, made into what is listed. */
export function counted<Row extends { readonly found: number }, T>(rows: readonly Row[], present: (row: Row) => T): Counted<T> {
  return { listed: rows.map(present), found: rows[0]?.found ?? 0 };
}

/**
 * A plain `pg` client as a ledger connection.
 *
 * @param plan - `kept` for one that asks the same few statements all day: over a ledger divided by months, planning one costs
 * many times what running it does.
 */
export function pgConnection(client: ClientBase, plan: 'kept' | 'once' = 'once'): LedgerConnection {
  return {
    async query<Row>(text: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
      const { rows } = await client.query(plan === 'kept' && parameters.length > 0 ? named(text, parameters) : { text, values: [...parameters] });
      return rows as Row[];
    },
  };
}

/** The same for several who work over it at once: a statement waits for the one before, as the driver wants it. */
export function inTurn(connection: LedgerConnection): LedgerConnection {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query<Row>(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]> {
      const answer = last.then(() => connection.query<Row>(text, parameters));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** TypeORM's manager of one transaction as a ledger connection; for reading only. */
export function managerConnection(manager: EntityManager): LedgerConnection {
  return {
    query: (text, parameters = []) => manager.query(text, [...parameters]),
  };
}

/** Runs `read` in a read-only transaction with a steady view, over a connection that is in none, such as the command line's. */
export async function steadily<T>(connection: LedgerConnection, read: () => Promise<T>): Promise<T> {
  await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await read();
  } finally {
    await connection.query('ROLLBACK');
  }
}

/**
 * The transaction of an act as a ledger connection.
 *
 * @param plan - `once` for searches, which are put together as they are asked.
 */
export function workConnection(work: Work, plan: 'kept' | 'once' = 'kept'): LedgerConnection {
  return {
    query: (text, parameters = []) => work.sql(text, parameters, plan),
  };
}
