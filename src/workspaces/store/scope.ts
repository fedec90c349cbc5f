/**
 * The SQL scope of every list here: `$1` is the reader's agency and `$2` the time of the act. It says in SQL what the
 * policy says of one thing (libs/policy, sight) and row-level security says behind both, and it comes first so that the
 * planner narrows by it. Levels are compared by rank: OFFICIAL, OFFICIAL-SENSITIVE, then each tier above.
 */

/** SQL: the rank of a level. */
function rank(tier: string, sensitive: string): string {
  return `(${tier} * 2 + (${tier} = 1 AND ${sensitive})::int)`;
}

/** The highest level this deployment holds, OFFICIAL-SENSITIVE. */
const DEPLOYMENT_RANK = 3;

/** SQL: the highest rank that may pass under an agreement `basis`. */
const CEILING = `least(${DEPLOYMENT_RANK}, ${rank('basis.ceiling_tier', 'basis.ceiling_sensitive')})`;

/** SQL: whether membership `part` under agreement `basis` holds for the reader in workspace `joined`. */
const HOLDS = `part.agency_id = $1 AND part.valid_from <= $2 AND (part.valid_to IS NULL OR part.valid_to > $2)
  AND basis.status = 'live' AND basis.valid_from <= $2 AND basis.valid_to > $2
  AND EXISTS (SELECT FROM agreement_party one WHERE one.agreement_id = basis.id AND one.agency_id = $1)
  AND EXISTS (SELECT FROM agreement_party lead WHERE lead.agreement_id = basis.id AND lead.agency_id = joined.lead_agency_id)
  AND ${rank('joined.tier', 'joined.sensitive')} <= ${rank('basis.ceiling_tier', 'basis.ceiling_sensitive')}`;

/** SQL: the workspaces in the reader's sight, with the highest rank she may see in each. One row per workspace. */
export const SIGHT = `
  SELECT seen.workspace_id, max(seen.ceiling) AS ceiling FROM (
    SELECT led.id AS workspace_id, ${DEPLOYMENT_RANK} AS ceiling FROM workspace led WHERE led.lead_agency_id = $1
    UNION ALL
    SELECT part.workspace_id, ${CEILING}
      FROM workspace_member part
      JOIN workspace joined ON joined.id = part.workspace_id
      JOIN agreement basis ON basis.id = part.agreement_id
     WHERE ${HOLDS}
  ) seen GROUP BY seen.workspace_id`;

/**
 * SQL: the same for one workspace, named by an expression such as a parameter, and so as quick however many cases she may
 * see. No row when it is not in her sight. Each guarded table stands in it once: each mention of one costs its policy anew.
 *
 * @param more - columns of the workspace itself, as `joined`, so that it need not be mentioned again for them.
 */
export function sightIn(workspace: string, more: readonly string[] = []): string {
  const columns = more.map((column) => `, joined.${column}`).join('');
  return `
  SELECT joined.id AS workspace_id, CASE WHEN joined.lead_agency_id = $1 THEN ${DEPLOYMENT_RANK} ELSE held.ceiling END AS ceiling${columns}
    FROM workspace joined
    CROSS JOIN LATERAL (
      SELECT max(${CEILING}) AS ceiling
        FROM workspace_member part JOIN agreement basis ON basis.id = part.agreement_id
       WHERE part.workspace_id = joined.id AND ${HOLDS}
      HAVING joined.lead_agency_id = $1 OR count(*) > 0
    ) held
   WHERE joined.id = ${workspace}`;
}

/** SQL: the workspace of the item whose id is `$3`. */
export const WORKSPACE_OF_ITEM = '(SELECT own.workspace_id FROM item own WHERE own.id = $3)';

/** SQL: whether `alias` (an item, or a version of a record) may be received by a reader whose sight reaches `ceiling`. */
export function receivable(alias: string, originator: string, ceiling: string): string {
  return `(${rank(`${alias}.tier`, `${alias}.sensitive`)} <= ${ceiling}
    AND (${originator} = $1 OR ${alias}.releasable_to IS NULL OR $1 = ANY (${alias}.releasable_to)))`;
}
