import type { ActorRef, AgencyId, ItemId } from '../../../libs/kernel/index.js';
import type { Marking } from '../../../libs/policy/index.js';
import type { Work } from '../../platform/index.js';
import { markedColumns, type MarkedRow } from './rows.js';
import { receivable, sightIn, WORKSPACE_OF_ITEM } from './scope.js';

/** One saved version of a record. */
export interface RecordVersionRow {
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly savedAt: string;
  readonly savedBy: string;
}

/** A record as a reader sees it, with the versions she may receive, newest first. */
export interface RecordRow extends MarkedRow {
  readonly id: ItemId;
  readonly workspace_id: string;
  readonly title: string;
  readonly body: string;
  readonly version: number;
  readonly updated_at: Date;
  readonly versions: RecordVersionRow[];
}

/** A version before the current one may have been marked more narrowly: each is received under its own marking. */
const VERSIONS = `
  SELECT coalesce(json_agg(json_build_object('version', v.version, 'title', v.title, 'body', v.body,
           'savedAt', v.saved_at, 'savedBy', v.saved_by_name) ORDER BY v.version DESC), '[]')
    FROM record_version v
   WHERE v.item_id = i.id AND ${receivable('v', 'i.originator_agency_id', 'sight.ceiling')}`;

/** The record if it is in the agency's sight. */
export async function findRecord(work: Work, agency: AgencyId, id: ItemId): Promise<RecordRow | undefined> {
  const [row] = await work.sql<RecordRow>(
    `SELECT i.id, i.workspace_id, i.title, r.body, i.version, i.updated_at, ${markedColumns('i', 'o')}, (${VERSIONS}) AS versions
       FROM item i
       JOIN (${sightIn(WORKSPACE_OF_ITEM)}) sight ON sight.workspace_id = i.workspace_id
       JOIN agency o ON o.id = i.originator_agency_id
       JOIN record r ON r.item_id = i.id
      WHERE i.id = $3 AND ${receivable('i', 'i.originator_agency_id', 'sight.ceiling')}`,
    [agency, work.at, id],
  );
  return row;
}

/** What one save of a record writes. */
export interface RecordSave {
  readonly id: ItemId;
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly marking: Marking;
}

/**
 * Moves the record from the version before to this one. Answers whether it was still at the version before: of two that
 * save at once the second waits for the first to commit and is then told no.
 */
export async function advanceRecord(work: Work, { id, version, title, body, marking }: RecordSave): Promise<boolean> {
  const moved = await work.sql(
    `UPDATE item SET title = $3, tier = $4, sensitive = $5, descriptors = $6, handling = $7, releasable_to = $8, version = $2,
            updated_at = $9, words = to_tsvector('english', $3 || ' ' || $10)
      WHERE id = $1 AND version = $2 - 1 RETURNING id`,
    [id, version, title, marking.tier, marking.sensitive, marking.descriptors, marking.handling, marking.releasableTo, work.at, body],
  );
  if (moved.length === 0) return false;
  await work.sql('UPDATE record SET body = $2 WHERE item_id = $1', [id, body]);
  return true;
}

/** Writes the text of a new record. */
export async function insertRecord(work: Work, id: ItemId, body: string): Promise<void> {
  await work.sql('INSERT INTO record (item_id, body) VALUES ($1, $2)', [id, body]);
}

/** Keeps this version for good. */
export async function keepVersion(work: Work, { id, version, title, body, marking }: RecordSave, actor: ActorRef): Promise<void> {
  await work.sql(
    `INSERT INTO record_version (item_id, version, title, body, tier, sensitive, descriptors, handling, releasable_to,
       saved_by, saved_by_name, saved_by_agency_id, saved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id, version, title, body, marking.tier, marking.sensitive, marking.descriptors, marking.handling, marking.releasableTo,
      actor.personId, actor.displayName, actor.agencyId, work.at,
    ],
  );
}
