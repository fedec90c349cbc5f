import { CUSTODY_COLUMNS, eventOfRow, nextEvent, signedText, valuesOfEvent, type CustodyAct, type CustodyDraft, type CustodyEvent, type CustodyRow } from '../../../libs/custody/index.js';
import type { OpenedKey } from '../../../libs/envelope/index.js';
import type { ActorRef, ItemId, PersonId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { AgencyKeys } from './agency-keys.js';

/** One act of custody to be recorded; when, and who signs it, is not for whoever records it to say. */
export interface CustodyEntry extends Omit<CustodyDraft, 'exhibit' | 'at' | 'by' | 'signer'> {
  readonly itemId: ItemId;
  readonly by: ActorRef;
}

const INSERT = `INSERT INTO custody_event (${CUSTODY_COLUMNS.join(', ')}) VALUES (${CUSTODY_COLUMNS.map((_, at) => `$${at + 1}`).join(', ')})`;

/** Holds an exhibit's chain until the transaction ends. Two acts at once wait for each other: the chain is one line. */
export async function lockCustody(work: Work, itemId: ItemId): Promise<void> {
  await work.sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`custody ${itemId}`]);
}

/** Where a chain ends, and the key that signs what follows there. */
export interface ChainEnd {
  readonly last: { readonly seq: number; readonly hash: string; readonly at: Date } | undefined;
  readonly key: OpenedKey;
}

/** Holds an exhibit's chain as {@link lockCustody} does, and answers where it ends for whom to go on. */
export async function chainEnd(work: Work, keys: AgencyKeys, itemId: ItemId, { agencyId }: ActorRef): Promise<ChainEnd> {
  // Sent together, run in this order: what was last is asked when the chain is held.
  const [, [last], key] = await Promise.all([
    lockCustody(work, itemId),
    work.sql<{ seq: number; hash: string; at: Date }>('SELECT seq, hash, at FROM custody_event WHERE item_id = $1 ORDER BY seq DESC LIMIT 1', [itemId]),
    keys.signer(work, itemId, agencyId),
  ]);
  return { last, key };
}

/**
 * Adds the next link of an exhibit's chain, signed. An act whose transaction began before the last link was written takes that link's
 * time, because a chain never goes back.
 *
 * @param end - where the chain ends, when that was asked before, in this very transaction.
 */
export async function appendCustody(work: Work, keys: AgencyKeys, { itemId, by, ...said }: CustodyEntry, end?: ChainEnd): Promise<CustodyEvent> {
  const { last, key } = end ?? (await chainEnd(work, keys, itemId, by));
  const at = last && last.at > work.at ? last.at : work.at;
  const person = { id: by.personId, name: by.displayName, agency: by.agencyCode, agencyName: by.agencyName, roles: by.roles.toSorted() };
  const event = nextEvent(last, { ...said, exhibit: itemId, at, by: person, signer: key.fingerprint });
  const signature = Buffer.from(await key.sign(Buffer.from(signedText(event)), at));
  await work.sql(INSERT, [...valuesOfEvent({ ...event, signature })]);
  return { ...event, signature };
}

/**
 * Holds an exhibit's chain as {@link lockCustody} does, and answers whether it is still in sight now that nobody else acts on it: it
 * may have been recalled from the reader's agency while she waited.
 */
export async function holdCustody(work: Work, itemId: ItemId): Promise<boolean> {
  const [, sight] = await Promise.all([lockCustody(work, itemId), work.sql('SELECT 1 FROM item WHERE id = $1', [itemId])]);
  return sight.length > 0;
}

/** Whether the chain says already that this person has done this to the exhibit, since it was last recalled from anybody. */
export async function hasDone(work: Work, id: ItemId, person: PersonId, act: CustodyAct): Promise<boolean> {
  const rows = await work.sql(
    `SELECT 1 FROM custody_event WHERE item_id = $1 AND by_id = $2 AND act = $3
        AND seq > coalesce((SELECT max(seq) FROM custody_event WHERE item_id = $1 AND act = 'recalled'), 0) LIMIT 1`,
    [id, person, act],
  );
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
