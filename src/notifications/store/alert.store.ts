import { randomUUID } from 'node:crypto';
import type { BreachRaised, Urgency } from '../../../libs/contracts/index.js';
import type { AgencyId, AlertId, EventId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { Ground } from '../domain/ground.js';
import { newAlertReference } from '../domain/alert-reference.js';

/** A duty post that may be told, and the clause its agency takes part under. */
export interface Recipient extends Ground {
  readonly postId: string;
  readonly postName: string;
  readonly agencyId: AgencyId;
  readonly agencyName: string;
}

/**
 * SQL: joins as `ground` the clause of a live agreement under which an agency takes part in a workspace at a time. There is
 * none for the lead agency.
 */
export function joinGround(workspace: string, agency: string, at: string): string {
  return `LEFT JOIN LATERAL (
         SELECT g.reference, c.code, c.purpose
           FROM workspace_member m
           JOIN agreement g ON g.id = m.agreement_id
           JOIN agreement_clause c ON c.id = m.clause_id
          WHERE m.workspace_id = ${workspace} AND m.agency_id = ${agency} AND m.valid_from <= ${at} AND (m.valid_to IS NULL OR m.valid_to > ${at})
            AND g.status = 'live' AND g.valid_from <= ${at} AND g.valid_to > ${at}
          ORDER BY m.valid_from LIMIT 1) ground ON true`;
}

/**
 * The duty posts of agencies that may see the finding at this moment, of the kinds the rule names, that were not told of it yet: it
 * may be told again when more agencies see it. The database decides for each agency anew: an agreement may have ended since the
 * finding was recorded.
 */
export async function recipientsOf(work: Work, { workspaceId, itemId, tell }: BreachRaised): Promise<readonly Recipient[]> {
  return work.sql<Recipient>(
    `SELECT p.id AS "postId", p.name AS "postName", a.id AS "agencyId", a.name AS "agencyName",
            ground.reference AS agreement, ground.code AS clause, ground.purpose
       FROM duty_post p
       JOIN agency a ON a.id = p.agency_id AND a.closed_at IS NULL
       ${joinGround('$1', 'a.id', '$4')}
      WHERE p.closed_at IS NULL AND a.kind = ANY ($3::text[]) AND a.id IN (SELECT law.agencies_that_may_see_item($2))
        AND NOT EXISTS (SELECT FROM alert told WHERE told.item_id = $2 AND told.duty_post_id = p.id)
      ORDER BY a.name, p.name`,
    [workspaceId, itemId, tell, work.at],
  );
}

/** The alert of one recipient as first written. */
export interface RaisedAlert {
  readonly id: AlertId;
  readonly reference: string;
}

/**
 * Writes the alert and its deliveries. Undefined when this event's alert for this post is there already: the effect of a
 * job is taken once, and this holds even if it were not.
 */
export async function insertAlert(work: Work, eventId: EventId, breach: BreachRaised, to: Recipient): Promise<RaisedAlert | undefined> {
  const alert = { id: randomUUID() as unknown as AlertId, reference: newAlertReference() };
  const rows = await work.sql(
    `INSERT INTO alert (id, reference, event_id, workspace_id, item_id, agency_id, duty_post_id, urgency, raised_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (event_id, duty_post_id) DO NOTHING RETURNING id`,
    [alert.id, alert.reference, eventId, breach.workspaceId, breach.itemId, to.agencyId, to.postId, breach.urgency, work.at],
  );
  if (rows.length === 0) return undefined;
  await work.sql(
    `INSERT INTO delivery (id, alert_id, channel, state, created_at, changed_at)
     VALUES ($1, $3, 'portal', 'handed-over', $4, $4), ($2, $3, 'email', 'queued', $4, $4)`,
    [randomUUID(), randomUUID(), alert.id, work.at],
  );
  return alert;
}

/** The ids and codes of an alert that jobs work with. */
export interface AlertFacts {
  readonly id: AlertId;
  readonly reference: string;
  readonly workspaceId: BreachRaised['workspaceId'];
  readonly itemId: BreachRaised['itemId'];
  readonly agencyId: AgencyId;
  readonly urgency: Urgency;
  readonly raisedAt: Date;
  readonly postName: string;
  readonly postEmail: string;
}

/** SQL: the columns of {@link AlertFacts}, from `alert` as al and `duty_post` as p. */
export const ALERT_FACTS = `al.id, al.reference, al.workspace_id AS "workspaceId", al.item_id AS "itemId",
  al.agency_id AS "agencyId", al.urgency, al.raised_at AS "raisedAt", p.name AS "postName", p.email AS "postEmail"`;
