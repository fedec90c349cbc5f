import type { ActorRef, ItemId, PersonId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';

/** A disposal that was proposed, and what was decided about it. */
export interface DisposalRow {
  readonly id: string;
  readonly itemId: ItemId;
  readonly rule: string;
  readonly reason: string;
  /** Why before its day of review; null where that had come or none was set. */
  readonly beforeReview: string | null;
  readonly proposedById: PersonId;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly approved: boolean | null;
  readonly decidedFor: string | null;
}

const COLUMNS = `id, item_id AS "itemId", rule, reason, before_review AS "beforeReview", proposed_by AS "proposedById", proposed_by_name AS "proposedBy", proposed_at AS "proposedAt",
  decided_by_name AS "decidedBy", decided_at AS "decidedAt", approved, decided_for AS "decidedFor"`;

/** False: one is proposed already, or the exhibit is gone. */
export async function insertProposal(work: Work, proposal: Pick<DisposalRow, 'id' | 'itemId' | 'rule' | 'reason' | 'beforeReview'>, by: ActorRef): Promise<boolean> {
  const rows = await work.sql(
    `INSERT INTO disposal (id, item_id, blob_key, rule, reason, proposed_by, proposed_by_name, proposed_at, before_review)
     SELECT $1, $2, x.blob_key, $3, $4, $5, $6, $7, $8 FROM exhibit x WHERE x.item_id = $2 ON CONFLICT DO NOTHING RETURNING id`,
    [proposal.id, proposal.itemId, proposal.rule, proposal.reason, by.personId, by.displayName, work.at, proposal.beforeReview],
  );
  return rows.length > 0;
}

/** What was proposed of these exhibits, the latest of each. */
export async function latestDisposals(work: Work, items: readonly ItemId[]): Promise<DisposalRow[]> {
  return work.sql(`SELECT DISTINCT ON (item_id) ${COLUMNS} FROM disposal WHERE item_id = ANY ($1::uuid[]) ORDER BY item_id, proposed_at DESC`, [items]);
}

/** Writes the decision. Answers the key of the body that is to go; undefined where somebody else has decided meanwhile. */
export async function decideProposal(work: Work, id: string, by: ActorRef, decision: { readonly approved: boolean; readonly reason: string }): Promise<{ readonly blobKey: string | null } | undefined> {
  const [row] = await work.sql<{ blobKey: string | null }>(
    `UPDATE disposal SET decided_by = $2, decided_by_name = $3, decided_at = $4, approved = $5, decided_for = $6
     WHERE id = $1 AND decided_at IS NULL RETURNING blob_key AS "blobKey"`,
    [id, by.personId, by.displayName, work.at, decision.approved, decision.reason],
  );
  return row;
}

/** Destroys every packet of an exhibit whose disposal was approved. From then on no key opens its body. Answers how many there were. */
export async function destroyPackets(work: Work, id: ItemId): Promise<number> {
  const [row] = await work.sql<{ destroyed: number }>('SELECT destroy_packets_of_exhibit($1) AS destroyed', [id]);
  return row?.destroyed ?? 0;
}

export async function isDisposed(work: Work, id: ItemId): Promise<boolean> {
  return (await work.sql('SELECT 1 FROM disposal WHERE item_id = $1 AND approved', [id])).length > 0;
}

/** Which of these bodies are of exhibits that were disposed of; for the sweeper alone. */
export async function disposedBodies(work: Work, keys: readonly string[]): Promise<readonly string[]> {
  const rows = await work.sql<{ key: string }>('SELECT blob_key AS key FROM disposal WHERE approved AND blob_key = ANY ($1::uuid[])', [keys]);
  return rows.map(({ key }) => key);
}
