import type { AgencyId, ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Marking } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import { markingOf } from '../../workspaces/index.js';
import { SEEING_ACTS, type AgencySharing, type Copies, type Recall, type RecallId, type SeenBy } from '../domain/recall.js';

const RECALL = `SELECT r.id, r.item_id AS "itemId", r.agency_id AS "agencyId", a.name AS "agencyName", o.name AS "byAgencyName", r.workspace_reference AS "workspaceReference",
    r.reference, r.title, r.marking, r.reason, r.why, r.recalled_by_name AS "recalledByName", r.recalled_at AS "recalledAt", r.seen, r.copies, r.answer,
    r.answered_by_name AS "answeredByName", r.answered_at AS "answeredAt"
  FROM exhibit_recall r JOIN agency a ON a.id = r.agency_id JOIN agency o ON o.id = r.by_agency_id`;
/** Recalls on one page: waiting ones first, so that none that waits is missed. */
const SHOWN = 100;

/**
 * Every agency that has to do with the exhibit, the originator first, and how it stands to it: the members of its investigation,
 * and who has a packet or is named by its marking though its membership or agreement has lapsed. That one still has what it took.
 */
export async function sharingOf(work: Work, id: ItemId): Promise<AgencySharing[]> {
  return work.sql(
    `SELECT json_build_object('id', a.id, 'code', a.code, 'name', a.name) AS agency, a.id = i.originator_agency_id AS "isOriginator",
            a.id IN (SELECT law.agencies_that_may_see_item(i.id)) AS sees,
            a.id = ANY (i.releasable_to) AS "isNamed",
            (SELECT min(p.added_at) FROM exhibit_packet p WHERE p.item_id = i.id AND p.agency_id = a.id) AS "opensSince",
            basis.reference AS agreement, c.code AS clause, CASE WHEN basis.id IS NULL THEN NULL ELSE m.purpose END AS purpose
       FROM item i JOIN agency a ON a.id = i.originator_agency_id OR a.id = ANY (i.releasable_to)
          OR a.id IN (SELECT o.agency_id FROM workspace_member o WHERE o.workspace_id = i.workspace_id)
          OR a.id IN (SELECT p.agency_id FROM exhibit_packet p WHERE p.item_id = i.id)
       LEFT JOIN workspace_member m ON m.workspace_id = i.workspace_id AND m.agency_id = a.id AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to > $2)
       LEFT JOIN agreement basis ON basis.id = m.agreement_id LEFT JOIN agreement_clause c ON c.id = m.clause_id
      WHERE i.id = $1
      ORDER BY "isOriginator" DESC, a.name`,
    [id, work.at],
  );
}

/** What people of one agency did with an exhibit, by its chain of custody. */
export async function seenBy(work: Work, id: ItemId, agencyCode: string): Promise<SeenBy[]> {
  return work.sql(
    `SELECT by_name AS person, act, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM custody_event
      WHERE item_id = $1 AND by_agency = $2 AND act = ANY ($3) ORDER BY seq`,
    [id, agencyCode, SEEING_ACTS],
  );
}

/** Whom an item's marking names now; null: every member. To be asked under the lock of its chain. */
export async function releasedTo(work: Work, id: ItemId): Promise<AgencyId[] | null> {
  return (await work.sql<{ to: AgencyId[] | null }>('SELECT releasable_to AS to FROM item WHERE id = $1', [id]))[0]?.to ?? null;
}

/**
 * Sets who may receive an item. The law in the database lets only its originator widen it. Answers the marking it is under with that:
 * whoever marked it anew at the same moment has been waited for.
 */
export async function releaseTo(work: Work, id: ItemId, agencies: readonly AgencyId[] | null): Promise<Marking | undefined> {
  const [row] = await work.sql<Parameters<typeof markingOf>[0]>(
    `UPDATE item SET releasable_to = $2, updated_at = $3 WHERE id = $1
      RETURNING originator_agency_id, tier, sensitive, descriptors, handling, releasable_to`, [id, agencies, work.at]);
  return row && markingOf(row);
}

/**
 * The marking under which an agency was last given an exhibit: what it was told then, and nothing that came later. Answered to the
 * agency the exhibit is from alone.
 */
export async function markingWhenShared(work: Work, id: ItemId, agencyId: AgencyId): Promise<Marking> {
  const [row] = await work.sql<Parameters<typeof markingOf>[0]>('SELECT * FROM law.marking_when_shared($1, $2)', [id, agencyId]);
  if (!row) throw new Error(`Exhibit ${id} has no marking of its own past`);
  return markingOf(row);
}

/** Takes an agency's packets of one exhibit away. Returns how many there were. */
export async function deletePackets(work: Work, id: ItemId, agencyId: AgencyId): Promise<number> {
  return (await work.sql('DELETE FROM exhibit_packet WHERE item_id = $1 AND agency_id = $2 RETURNING key_fingerprint', [id, agencyId])).length;
}

/** What is kept of a recall when it is made. */
export interface NewRecall extends Pick<Recall, 'id' | 'itemId' | 'agencyId' | 'workspaceReference' | 'reference' | 'title' | 'marking' | 'reason' | 'why' | 'recalledByName' | 'seen'> {
  readonly byAgencyId: AgencyId;
  readonly recalledBy: string;
}

export async function insertRecall(work: Work, row: NewRecall): Promise<void> {
  await work.sql(
    `INSERT INTO exhibit_recall (id, item_id, agency_id, by_agency_id, workspace_reference, reference, title, marking, reason, recalled_by, recalled_by_name, recalled_at, seen, why)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      row.id, row.itemId, row.agencyId, row.byAgencyId, row.workspaceReference, row.reference, row.title, row.marking, row.reason, row.recalledBy,
      row.recalledByName, work.at, JSON.stringify(row.seen), row.why,
    ],
  );
}

/** The recalls from one agency, those that wait first. */
export async function recallsFrom(work: Work, agencyId: AgencyId): Promise<Recall[]> {
  return work.sql(`${RECALL} WHERE r.agency_id = $1 ORDER BY r.answered_at IS NOT NULL, r.recalled_at DESC, r.id LIMIT ${SHOWN}`, [agencyId]);
}

/** The recalls of one exhibit, newest first. */
export async function recallsOf(work: Work, id: ItemId): Promise<Recall[]> {
  return work.sql(`${RECALL} WHERE r.item_id = $1 ORDER BY r.recalled_at DESC, r.id LIMIT ${SHOWN}`, [id]);
}

/** What was asked of agencies that left a case, as far as the reader sees the exhibits, newest first. */
export async function recallsOnLeaving(work: Work, workspaceId: WorkspaceId): Promise<Recall[]> {
  return work.sql(`${RECALL} JOIN item i ON i.id = r.item_id WHERE i.workspace_id = $1 AND r.why = 'left' ORDER BY r.recalled_at DESC, r.id LIMIT ${SHOWN}`, [workspaceId]);
}

export async function findRecall(work: Work, id: RecallId): Promise<Recall | undefined> {
  return (await work.sql<Recall>(`${RECALL} WHERE r.id = $1`, [id]))[0];
}

/** Keeps what a recalled agency answered. False: it had been answered. */
export async function answerRecall(work: Work, id: RecallId, { copies, answer, by }: { readonly copies: Copies; readonly answer: string; readonly by: string }): Promise<boolean> {
  const answered = await work.sql(
    'UPDATE exhibit_recall SET copies = $2, answer = $3, answered_by_name = $4, answered_at = $5 WHERE id = $1 AND answered_at IS NULL RETURNING id',
    [id, copies, answer, by, work.at]);
  return answered.length > 0;
}
