import { randomUUID } from 'node:crypto';
import type { AgencyId, PersonId, Role, SessionId } from '../../../libs/kernel/index.js';
import type { Work } from '../../platform/index.js';
import { hashSecret } from '../domain/secrets.js';

/** What an agency calls the session of its own that ours rests on; each part only where it said so. */
export interface SessionAtAgency {
  readonly sessionIndex: string | undefined;
  readonly nameQualifier: string | undefined;
  readonly spNameQualifier: string | undefined;
}

/** A session about to be opened. */
export interface NewSession {
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly roles: readonly Role[];
  readonly token: string;
  readonly absoluteExpiresAt: Date;
  readonly atAgency: SessionAtAgency;
}

/** Why a session ended, for the record. */
export type SessionEnd = 'signed-out' | 'agency-signed-out' | 'ended-by-administrator' | 'person-disabled';

/** Opens a session; of its token only the hash is written. */
export async function insertSession(work: Work, session: NewSession): Promise<SessionId> {
  const id = randomUUID() as unknown as SessionId;
  const { sessionIndex, nameQualifier, spNameQualifier } = session.atAgency;
  await work.sql(
    `INSERT INTO session (id, token_hash, person_id, agency_id, roles, created_at, last_seen_at, absolute_expires_at,
       idp_session_index, idp_name_qualifier, idp_sp_name_qualifier)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)`,
    [
      id, hashSecret(session.token), session.personId, session.agencyId, session.roles, work.at, session.absoluteExpiresAt,
      sessionIndex ?? null, nameQualifier ?? null, spNameQualifier ?? null,
    ],
  );
  return id;
}

/** Ends one session; answers false when it had ended or never was. A trigger tells every process. */
export async function endSession(work: Work, sessionId: string, why: SessionEnd): Promise<boolean> {
  const rows = await work.sql(
    'UPDATE session SET ended_at = $1, ended_why = $2 WHERE id = $3 AND ended_at IS NULL RETURNING id',
    [work.at, why, sessionId],
  );
  return rows.length === 1;
}

/** Ends every session of a person; answers how many. */
export async function endSessionsOf(work: Work, personId: string, why: SessionEnd): Promise<number> {
  const rows = await work.sql(
    'UPDATE session SET ended_at = $1, ended_why = $2 WHERE person_id = $3 AND ended_at IS NULL RETURNING id',
    [work.at, why, personId],
  );
  return rows.length;
}

/** Whose sessions an identity provider's logout request is about. */
export interface LogoutSubject {
  readonly idpEntityId: string;
  readonly nameId: string;
  /** Undefined: every session of the person. */
  readonly sessionIndex: string | undefined;
}

/** Ends the sessions that a logout request names; answers their ids. */
export async function endSessionsNamed(work: Work, { idpEntityId, nameId, sessionIndex }: LogoutSubject): Promise<SessionId[]> {
  const rows = await work.sql<{ id: SessionId }>(
    `UPDATE session s SET ended_at = $1, ended_why = 'agency-signed-out' FROM person p
     WHERE p.id = s.person_id AND p.idp_entity_id = $2 AND p.name_id = $3 AND s.ended_at IS NULL
       AND ($4::text IS NULL OR s.idp_session_index = $4) RETURNING s.id`,
    [work.at, idpEntityId, nameId, sessionIndex ?? null],
  );
  return rows.map(({ id }) => id);
}
