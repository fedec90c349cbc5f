import { readErasure, type ErasedFacts, type Erasure } from '../domain/erasure.js';
import type { LedgerConnection } from './connection.js';

/** What stays known of the entry once it is erased; undefined when there is none with a place in the tree. */
export async function readErasable(connection: LedgerConnection, id: string): Promise<ErasedFacts | undefined> {
  const [row] = await connection.query<{
    index: string; leaf_hash: Buffer; verb: string; category: string; outcome: string; at: Date; agency_code: string | null; person_id: string | null;
  }>(
    `SELECT l.index, l.leaf_hash, e.verb, e.category, e.outcome, e.at, e.agency_code, e.person_id
     FROM ledger_entry e JOIN ledger_leaf l ON l.entry_id = e.id WHERE e.id = $1`,
    [id],
  );
  return row && {
    index: Number(row.index),
    leafHash: row.leaf_hash.toString('base64'),
    verb: row.verb,
    category: row.category,
    outcome: row.outcome,
    at: row.at.toISOString(),
    agency: row.agency_code,
    person: row.person_id,
  };
}

/** Takes the entry out; the database asks for the entry that records it. */
export async function eraseEntry(connection: LedgerConnection, id: string, erasureId: string): Promise<void> {
  await connection.query('INSERT INTO ledger_erasure (entry_id, erasure_id) VALUES ($1, $2)', [id, erasureId]);
  await connection.query('DELETE FROM ledger_entry WHERE id = $1', [id]);
}

/** How the entry was erased; undefined when it was not. */
export async function readErasureOf(connection: LedgerConnection, id: string): Promise<Erasure | undefined> {
  const [row] = await connection.query<{ body: string }>(
    'SELECT r.body FROM ledger_erasure x JOIN ledger_entry r ON r.id = x.erasure_id WHERE x.entry_id = $1',
    [id],
  );
  return row && readErasure(row.body, id);
}
