import { decide, joinRestrictions, printMarking, type Level } from '../../../libs/policy/index.js';
import type { ActorRef } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { AlertView } from '../api/alert.views.js';

interface AgencyJson {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

interface Restrictions extends Level {
  readonly descriptors: readonly string[];
  readonly handling: readonly string[];
  readonly releasableTo: null;
}

/** An alert with what it is about, as row-level security lets this reader see both. */
export interface AlertRow extends Omit<AlertView, 'marking' | 'can' | 'deliveries'> {
  readonly itemMarking: Restrictions;
  readonly workspaceMarking: Restrictions;
  readonly originator: AgencyJson;
  readonly releasableTo: AgencyJson[] | null;
  readonly deliveries: readonly { readonly channel: string; readonly state: string; readonly at: string }[];
  /** PostgreSQL's own text of the time the list is sorted by. */
  readonly place: string;
}

const marking = (alias: string): string =>
  `json_build_object('tier', ${alias}.tier, 'sensitive', ${alias}.sensitive, 'descriptors', ${alias}.descriptors, 'handling', ${alias}.handling, 'releasableTo', null)`;
const agency = (alias: string): string => `json_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`;

/**
 * SQL: alerts of the agency `$1` with the finding and the workspace they are about. Joined to both on purpose: an alert
 * whose case the agency may no longer see is not there any more.
 */
const SELECT_ALERTS = `
  SELECT al.id, al.reference, al.urgency, al.raised_at AS "raisedAt", p.name AS post,
         w.id AS "workspaceId", w.reference AS "workspaceReference", w.title AS "workspaceTitle",
         i.id AS "findingId", i.title AS "findingTitle", ${marking('i')} AS "itemMarking", ${marking('w')} AS "workspaceMarking",
         ${agency('o')} AS originator,
         CASE WHEN i.releasable_to IS NULL THEN NULL ELSE (
           SELECT coalesce(json_agg(${agency('r')} ORDER BY r.name), '[]') FROM agency r WHERE r.id = ANY (i.releasable_to)) END AS "releasableTo",
         al.acknowledged_at AS "acknowledgedAt", al.acknowledged_by_name AS "acknowledgedBy",
         (SELECT coalesce(json_agg(json_build_object('channel', d.channel, 'state', d.state, 'at', d.changed_at) ORDER BY d.channel DESC), '[]')
            FROM delivery d WHERE d.alert_id = al.id) AS deliveries,
         al.raised_at::text AS place
    FROM alert al
    JOIN duty_post p ON p.id = al.duty_post_id
    JOIN workspace w ON w.id = al.workspace_id
    JOIN item i ON i.id = al.item_id AND i.workspace_id = w.id
    JOIN agency o ON o.id = i.originator_agency_id
   WHERE al.agency_id = $1`;

/** Which alerts a list shows. */
export type AlertState = 'open' | 'acknowledged' | 'all';

const STATES: Readonly<Record<AlertState, string>> = {
  open: 'al.acknowledged_at IS NULL',
  acknowledged: 'al.acknowledged_at IS NOT NULL',
  all: 'true',
};

/** A page of a list and where it starts: after these sort values, or with nulls at its beginning. */
export interface AlertPlace {
  readonly after: readonly [at: string | null, id: string | null];
  readonly limit: number;
}

/** What waits is shown oldest first, what is done newest first. */
export function listAlerts(work: Work, agencyId: string, state: AlertState, { after: [at, id], limit }: AlertPlace): Promise<AlertRow[]> {
  const [beyond, direction] = state === 'open' ? ['>', 'ASC'] : ['<', 'DESC'];
  return work.sql<AlertRow>(
    `${SELECT_ALERTS} AND ${STATES[state]}
        AND ($2::timestamptz IS NULL OR (al.raised_at, al.id) ${beyond} ($2::timestamptz, $3::uuid))
      ORDER BY al.raised_at ${direction}, al.id ${direction} LIMIT $4`,
    [agencyId, at, id, limit],
  );
}

/** One alert, or undefined when there is none that this reader may see. */
export async function findAlert(work: Work, agencyId: string, id: string): Promise<AlertRow | undefined> {
  const [row] = await work.sql<AlertRow>(`${SELECT_ALERTS} AND al.id = $2`, [agencyId, id]);
  return row;
}

/** How many alerts of the agency wait, of those this reader may see. */
export async function countOpen(work: Work, agencyId: string): Promise<number> {
  const [row] = await work.sql<{ open: number }>(
    `SELECT count(*)::int AS open FROM alert al JOIN item i ON i.id = al.item_id WHERE al.agency_id = $1 AND al.acknowledged_at IS NULL`,
    [agencyId],
  );
  return row?.open ?? 0;
}

/** The alert as the API shows it to this actor. Its marking joins the finding's with the investigation's, whose titles it both shows. */
export function presentAlert(row: AlertRow, actor: ActorRef, at: Date): AlertView {
  const { itemMarking, workspaceMarking, originator, releasableTo, deliveries, ...shown } = row;
  const joined = joinRestrictions(itemMarking, workspaceMarking);
  const open = shown.acknowledgedAt === null;
  return {
    ...shown,
    marking: {
      text: printMarking(joined),
      tier: joined.tier,
      sensitive: joined.sensitive,
      descriptors: [...joined.descriptors],
      handling: [...joined.handling],
      originator,
      releasableTo,
    },
    deliveries: deliveries.map((delivery) => ({ ...delivery, at: new Date(delivery.at) })),
    can: { acknowledge: open && decide(actor, 'alert.acknowledge', { at }).effect === 'permit' },
  };
}
