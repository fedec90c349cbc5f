import type { ActorRef, TicketId, WorkspaceId } from '../../../libs/kernel/index.js';
import type { Config, Work } from '../../platform/index.js';
import type { Room } from '../domain/room.js';

/**
 * What the actor's agency keeps in an investigation, uploads under way included, beside the most it may. Of another agency's nothing is
 * counted: how much room is left tells nobody of exhibits that she may not see.
 *
 * @param but - a ticket that is not counted, because what it is for is asked about.
 */
export async function roomOf(work: Work, workspace: WorkspaceId, { agencyId }: ActorRef, { quotaFiles, quotaBytes }: Config['upload'], but?: TicketId): Promise<Room> {
  const [taken] = await work.sql<Pick<Room, 'files' | 'bytes'>>(
    `SELECT count(x.item_id)::int + w.files AS files, (coalesce(sum(x.size_bytes), 0) + w.bytes)::float8 AS bytes
       FROM uploads_waiting($1, $3, $4) w
       LEFT JOIN (item i JOIN exhibit x ON x.item_id = i.id) ON i.workspace_id = $1 AND i.originator_agency_id = $2 AND x.size_bytes IS NOT NULL
        AND NOT EXISTS (SELECT FROM disposal d WHERE d.item_id = i.id AND d.approved)
      GROUP BY w.files, w.bytes`,
    [workspace, agencyId, but ?? null, work.at],
  );
  if (!taken) throw new Error('The database counted nothing, not even none.');
  return { ...taken, mostFiles: quotaFiles, mostBytes: quotaBytes };
}

/** The same, held until the transaction ends: two that fit by themselves may not fit together. */
export async function heldRoomOf(...asked: Parameters<typeof roomOf>): Promise<Room> {
  const [work, workspace, { agencyId }] = asked;
  const [, room] = await Promise.all([work.sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`room ${workspace} ${agencyId}`]), roomOf(...asked)]);
  return room;
}
