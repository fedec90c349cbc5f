import { CustodyAct, eventOfRow, nextEvent, type CustodyEvent, type CustodyRow } from '../../../libs/custody/index.js';
import type { ActorRef, ItemId, PersonId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';

/** One act of custody to be recorded. */
export interface CustodyEntry {
  readonly itemId: ItemId;
  readonly act: CustodyAct;
  readonly by: ActorRef;
  readonly sha256: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
}

/**
 * Adds the next link of an exhibit's chain. Two acts at once wait for each other: the chain is one line. An act whose
 * transaction began before the last link was written takes that link's time, because a chain never goes back.
 */
export async function appendCustody(work: Work, { itemId, by, ...said }: CustodyEntry): Promise<CustodyEvent> {
  await work.sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`custody ${itemId}`]);
  const [last] = await work.sql<{ seq: number; hash: string; at: Date }>(
    'SELECT seq, hash, at FROM custody_event WHERE item_id = $1 ORDER BY seq DESC LIMIT 1',
    [itemId],
  );
  const at = last && last.at > work.at ? last.at : work.at;
  const person = { id: by.personId, name: by.displayName, agency: by.agencyCode, agencyName: by.agencyName };
  const event = nextEvent(last, { exhibit: itemId, ...said, at, by: person });
  await work.sql(
    `INSERT INTO custody_event (item_id, seq, act, at, by_id, by_name, by_agency, by_agency_name, sha256, from_party, to_party,
       reason, previous_hash, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      itemId, event.seq, event.act, event.at, person.id, person.name, person.agency, person.agencyName, event.sha256,
      event.from ?? null, event.to ?? null, event.reason ?? null, event.previousHash, event.hash,
    ],
  );
  return event;
}

/** Whether the chain says already that this person has opened the exhibit. */
export async function hasOpened(work: Work, id: ItemId, person: PersonId): Promise<boolean> {
  const rows = await work.sql('SELECT 1 FROM custody_event WHERE item_id = $1 AND by_id = $2 AND act = $3 LIMIT 1', [id, person, CustodyAct.Opened]);
  return rows.length > 0;
}

/** The chains of several exhibits, oldest event first. */
export async function custodyOf(work: Work, ids: readonly ItemId[]): Promise<ReadonlyMap<string, readonly CustodyEvent[]>> {
  const rows = await work.sql<CustodyRow>(
    'SELECT * FROM custody_event WHERE item_id = ANY ($1::uuid[]) ORDER BY item_id, seq',
    [ids],
  );
  const chains = new Map<string, CustodyEvent[]>();
  for (const row of rows) chains.set(row.item_id, [...(chains.get(row.item_id) ?? []), eventOfRow(row)]);
  return chains;
}
