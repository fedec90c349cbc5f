import type { SessionId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import type { AgencyIdp } from '../domain/idp.js';
import { REQUEST_LIFE_MS } from '../domain/instants.js';
import { hashSecret } from '../domain/secrets.js';
import type { SessionAtAgency } from './session-rows.js';

const FORGET_AFTER = `interval '1 day'`;

/** A request that a browser was sent to its agency with: to sign in, or, when it names a session of ours, to sign out there too. */
export interface PendingRequest {
  readonly id: string;
  readonly relayState: string;
  /** The secret in the cookie of the browser that began it. */
  readonly browser: string;
  readonly returnTo: string;
  readonly sessionId?: SessionId;
}

/** Remembers a request, and forgets what has long been of no use to anybody. */
export async function insertRequest(work: Work, idp: AgencyIdp, request: PendingRequest): Promise<void> {
  await work.sql(`DELETE FROM saml_request WHERE expires_at < $1::timestamptz - ${FORGET_AFTER}`, [work.at]);
  await work.sql(`DELETE FROM saml_assertion WHERE expires_at < $1::timestamptz - ${FORGET_AFTER}`, [work.at]);
  await work.sql(
    `INSERT INTO saml_request (id, agency_id, idp_entity_id, browser_hash, relay_state, return_to, created_at, expires_at, session_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      request.id, idp.agencyId, idp.entityId, hashSecret(request.browser), request.relayState, request.returnTo,
      work.at, new Date(work.at.getTime() + REQUEST_LIFE_MS), request.sessionId ?? null,
    ],
  );
}

/** When a request to sign in that is still open was made, or undefined when there is none. */
export async function pendingSince(work: Work, idp: AgencyIdp, id: string): Promise<Date | undefined> {
  const [row] = await work.sql<{ created_at: Date }>(
    `SELECT created_at FROM saml_request
     WHERE id = $1 AND agency_id = $2 AND idp_entity_id = $3 AND session_id IS NULL AND consumed_at IS NULL AND expires_at > $4`,
    [id, idp.agencyId, idp.entityId, work.at],
  );
  return row?.created_at;
}

/** What a browser brings back of its request. */
type Brought = Pick<PendingRequest, 'id' | 'relayState' | 'browser'>;

/**
 * Uses up the one pending request to sign in with this id, begun by this browser, for this agency and with this RelayState. Answers
 * where to go afterwards, or undefined when there is no such request: then somebody else's answer was brought here.
 */
export async function consumeRequest(work: Work, idp: AgencyIdp, { id, relayState, browser }: Brought): Promise<string | undefined> {
  const rows = await work.sql<{ return_to: string }>(
    `UPDATE saml_request SET consumed_at = $1
     WHERE id = $2 AND agency_id = $3 AND idp_entity_id = $4 AND relay_state = $5 AND browser_hash = $6
       AND session_id IS NULL AND consumed_at IS NULL AND expires_at > $1
     RETURNING return_to`,
    [work.at, id, idp.agencyId, idp.entityId, relayState, hashSecret(browser)],
  );
  return rows.length === 1 ? rows[0]?.return_to : undefined;
}

/** A request to sign somebody out at her agency, with the name and the session in the words of the agency. */
export interface PendingSignOut extends SessionAtAgency {
  readonly id: string;
  readonly relayState: string;
  readonly nameId: string;
}

interface SignOutRow {
  id: string;
  relay_state: string;
  name_id: string;
  idp_session_index: string | null;
  idp_name_qualifier: string | null;
  idp_sp_name_qualifier: string | null;
}

/** The latest sign-out this browser has pending at this agency, or undefined. */
export async function pendingSignOut(work: Work, idp: AgencyIdp, browser: string): Promise<PendingSignOut | undefined> {
  const [row] = await work.sql<SignOutRow>(
    `SELECT r.id, r.relay_state, p.name_id, s.idp_session_index, s.idp_name_qualifier, s.idp_sp_name_qualifier
     FROM saml_request r JOIN session s ON s.id = r.session_id JOIN person p ON p.id = s.person_id
     WHERE r.agency_id = $1 AND r.idp_entity_id = $2 AND r.browser_hash = $3 AND r.consumed_at IS NULL AND r.expires_at > $4
     ORDER BY r.created_at DESC LIMIT 1`,
    [idp.agencyId, idp.entityId, hashSecret(browser), work.at],
  );
  if (!row) return undefined;
  const { id, relay_state: relayState, name_id: nameId } = row;
  return {
    id, relayState, nameId, sessionIndex: row.idp_session_index ?? undefined,
    nameQualifier: row.idp_name_qualifier ?? undefined, spNameQualifier: row.idp_sp_name_qualifier ?? undefined,
  };
}

/** Uses up the one pending sign-out with this id, of this browser, agency and RelayState; answers whose session had ended. */
export async function consumeSignOut(work: Work, idp: AgencyIdp, { id, relayState, browser }: Brought): Promise<SessionId | undefined> {
  const [row] = await work.sql<{ session_id: SessionId }>(
    `UPDATE saml_request SET consumed_at = $1
     WHERE id = $2 AND agency_id = $3 AND idp_entity_id = $4 AND relay_state = $5 AND browser_hash = $6
       AND session_id IS NOT NULL AND consumed_at IS NULL AND expires_at > $1
     RETURNING session_id`,
    [work.at, id, idp.agencyId, idp.entityId, relayState, hashSecret(browser)],
  );
  return row?.session_id;
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
