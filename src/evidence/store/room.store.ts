import type { ActorRef, TicketId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { Room } from '../domain/room.js';

/** Holds the room of the actor's agency in an investigation until the transaction ends: two that fit by themselves may not fit together. */
export async function lockRoom(work: Work, workspace: WorkspaceId, { agencyId }: ActorRef): Promise<void> {
  await work.sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`room ${workspace} ${agencyId}`]);
}

/**
 * What the actor's agency keeps in an investigation, and what of it is under way. Of another agency's nothing is counted: how much room
 * is left tells nobody of exhibits that she may not see.
 *
 * @param but - a ticket that is not counted, because what it is for is asked about.
 */
export async function roomTaken(work: Work, workspace: WorkspaceId, { agencyId }: ActorRef, but?: TicketId): Promise<Pick<Room, 'files' | 'bytes'>> {
  const [row] = await work.sql<{ files: number; bytes: number }>(
    `SELECT count(x.item_id)::int + w.files AS files, (coalesce(sum(x.size_bytes), 0) + w.bytes)::float8 AS bytes
       FROM uploads_waiting($1, $3, $4) w
       LEFT JOIN (item i JOIN exhibit x ON x.item_id = i.id) ON i.workspace_id = $1 AND i.originator_agency_id = $2 AND x.size_bytes IS NOT NULL
        AND NOT EXISTS (SELECT FROM disposal d WHERE d.item_id = i.id AND d.approved)
      GROUP BY w.files, w.bytes`,
    [workspace, agencyId, but ?? null, work.at],
  );
  return row ?? { files: 0, bytes: 0 };
}
