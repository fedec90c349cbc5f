import type { LedgerConnection } from './connection.js';

/**
 * Held by a sequencer while it sleeps, and shared by every act that records while none does. A notifying transaction holds a
 * lock of the whole server as it commits and wakes every connection that listens to anything, so an act notifies only where
 * it finds the lock taken: see `ledger_enqueue`.
 */
const ASLEEP = `hashtext('concordat_ledger')`;

/**
 * Tells acts that there is a sequencer to wake, until it tells otherwise or its connection ends. `told-by-another`: whoever
 * wakes that one wakes this one too. `under-way`: acts are not done that began before and will wake nobody.
 */
export async function tellAsleep(connection: LedgerConnection): Promise<'told' | 'told-by-another' | 'under-way'> {
  if (await isGiven(connection, `pg_try_advisory_lock(${ASLEEP})`)) return 'told';
  const isShared = await isGiven(connection, `pg_try_advisory_lock_shared(${ASLEEP})`);
  if (!isShared) return 'told-by-another';
  await connection.query(`SELECT pg_advisory_unlock_shared(${ASLEEP})`);
  return 'under-way';
}

/** Tells acts that a sequencer looks by itself. */
export async function tellAwake(connection: LedgerConnection): Promise<void> {
  await connection.query(`SELECT pg_advisory_unlock(${ASLEEP})`);
}

async function isGiven(connection: LedgerConnection, lock: string): Promise<boolean> {
  const [row] = await connection.query<{ given: boolean }>(`SELECT ${lock} AS given`);
  return row?.given === true;
}
