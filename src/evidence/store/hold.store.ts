import type { AgencyId, ItemId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { ActorRef } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';

/** A hold that stands. */
export interface HoldRow {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  /** Null: on every exhibit of the investigation. */
  readonly itemId: ItemId | null;
  readonly reason: string;
  readonly agencyId: AgencyId;
  readonly agencyName: string;
  readonly placedBy: string;
  readonly placedAt: Date;
}

/** A hold to be placed. */
export type NewHold = Pick<HoldRow, 'id' | 'workspaceId' | 'itemId' | 'reason'>;

const COLUMNS = `id, workspace_id AS "workspaceId", item_id AS "itemId", reason, agency_id AS "agencyId", agency_name AS "agencyName",
  placed_by_name AS "placedBy", placed_at AS "placedAt"`;

/**
 * Whoever places a hold and whoever disposes of something under it come one after the other: the one who comes later finds what the
 * other has done. Holds exclude each other; disposals of different exhibits do not. The triggers `no_hold_after_disposal` (placing) and
 * `no_disposal_under_hold` (disposing) take the very same lock: its name is theirs too, in the migration that lets no hold be passed by.
 */
export async function lockHolds(work: Work, workspace: WorkspaceId, as: 'placing' | 'disposing'): Promise<void> {
  const lock = as === 'placing' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await work.sql(`SELECT ${lock}(hashtextextended($1, 0))`, [`holds ${workspace}`]);
}

export async function insertHold(work: Work, hold: NewHold, by: ActorRef): Promise<void> {
  await work.sql(
    `INSERT INTO evidence_hold (id, workspace_id, item_id, reason, agency_id, agency_name, placed_by, placed_by_name, placed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [hold.id, hold.workspaceId, hold.itemId, hold.reason, by.agencyId, by.agencyName, by.personId, by.displayName, work.at],
  );
}

/** A hold that stands, if what it holds is in sight. */
export async function findHold(work: Work, id: string): Promise<HoldRow | undefined> {
  const [row] = await work.sql<HoldRow>(`SELECT ${COLUMNS} FROM evidence_hold WHERE id = $1 AND lifted_at IS NULL`, [id]);
  return row;
}

/** False: somebody else lifted it meanwhile. */
export async function liftHold(work: Work, id: string, by: ActorRef, reason: string): Promise<boolean> {
  const rows = await work.sql(
    `UPDATE evidence_hold SET lifted_by = $2, lifted_by_name = $3, lifted_at = $4, lifted_for = $5 WHERE id = $1 AND lifted_at IS NULL RETURNING id`,
    [id, by.personId, by.displayName, work.at, reason],
  );
  return rows.length > 0;
}

/** The holds that stand on an exhibit: its own, and those on its whole investigation. Oldest first. */
export async function holdsOn(work: Work, workspace: WorkspaceId, items: readonly ItemId[]): Promise<HoldRow[]> {
  return work.sql(
    `SELECT ${COLUMNS} FROM evidence_hold WHERE workspace_id = $1 AND lifted_at IS NULL AND (item_id IS NULL OR item_id = ANY ($2::uuid[])) ORDER BY placed_at, id`,
    [workspace, items],
  );
}
