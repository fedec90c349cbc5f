import type { Work } from '../../platform/index.js';
import type { AgencyIdp } from '../domain/idp.js';
import { REQUEST_LIFE_MS } from '../domain/instants.js';
import { hashSecret } from '../domain/secrets.js';

const FORGET_AFTER = `interval '1 day'`;

/** A sign-in that has begun. */
export interface PendingRequest {
  readonly id: string;
  readonly relayState: string;
  /** The secret in the cookie of the browser that began it. */
  readonly browser: string;
  readonly returnTo: string;
}

/** Remembers a request, and forgets what has long been of no use to anybody. */
export async function insertRequest(work: Work, idp: AgencyIdp, request: PendingRequest): Promise<void> {
  await work.sql(`DELETE FROM saml_request WHERE expires_at < $1::timestamptz - ${FORGET_AFTER}`, [work.at]);
  await work.sql(`DELETE FROM saml_assertion WHERE expires_at < $1::timestamptz - ${FORGET_AFTER}`, [work.at]);
  await work.sql(
    `INSERT INTO saml_request (id, agency_id, idp_entity_id, browser_hash, relay_state, return_to, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      request.id, idp.agencyId, idp.entityId, hashSecret(request.browser), request.relayState, request.returnTo,
      work.at, new Date(work.at.getTime() + REQUEST_LIFE_MS),
    ],
  );
}

/** When a request that is still open was made, or undefined when there is none. */
export async function pendingSince(work: Work, idp: AgencyIdp, id: string): Promise<Date | undefined> {
  const [row] = await work.sql<{ created_at: Date }>(
    `SELECT created_at FROM saml_request
     WHERE id = $1 AND agency_id = $2 AND idp_entity_id = $3 AND consumed_at IS NULL AND expires_at > $4`,
    [id, idp.agencyId, idp.entityId, work.at],
  );
  return row?.created_at;
}

/**
 * Uses up the one pending request with this id, begun by this browser, for this agency and with this RelayState. Answers
 * where to go afterwards, or undefined when there is no such request: then somebody else's answer was brought here.
 */
export async function consumeRequest(work: Work, idp: AgencyIdp, { id, relayState, browser }: Omit<PendingRequest, 'returnTo'>): Promise<string | undefined> {
  const rows = await work.sql<{ return_to: string }>(
    `UPDATE saml_request SET consumed_at = $1
     WHERE id = $2 AND agency_id = $3 AND idp_entity_id = $4 AND relay_state = $5 AND browser_hash = $6
       AND consumed_at IS NULL AND expires_at > $1
     RETURNING return_to`,
    [work.at, id, idp.agencyId, idp.entityId, relayState, hashSecret(browser)],
  );
  return rows.length === 1 ? rows[0]?.return_to : undefined;
}

/** Marks a message of an identity provider as used; answers false when it was used before. */
export async function useMessage(work: Work, idp: AgencyIdp, messageId: string, expiresAt: Date): Promise<boolean> {
  const rows = await work.sql(
    `INSERT INTO saml_assertion (idp_entity_id, assertion_id, expires_at, used_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING assertion_id`,
    [idp.entityId, messageId, expiresAt, work.at],
  );
  return rows.length === 1;
}
