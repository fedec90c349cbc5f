import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { isRole, type ActorRef, type AgencyId, type PersonId, type SessionId } from '../../../libs/kernel/index.js';
import { Clock, CONFIG, prepared, Sessions, type Config } from '../../platform/index.js';
import { hashSecret, isSecret } from '../domain/secrets.js';
import { SessionCookies } from './session-cookies.js';

interface PrincipalRow {
  id: SessionId;
  person_id: PersonId;
  display_name: string;
  agency_id: AgencyId;
  name: string;
  code: string;
  roles: string[];
  idp_entity_id: string;
}

/** Seconds between two notes of when a session was last seen, at most: a write on every request would buy nothing. */
const SEEN_EVERY = 30;

/**
 * One statement per request, so that a session which was ended, or whose person was disabled, is refused from that moment
 * on by every process: nothing is remembered between two requests.
 */
const RESOLVE = prepared(`
  WITH found AS (
    SELECT s.id, s.person_id, p.display_name, s.agency_id, a.name, a.code, s.roles, p.idp_entity_id, s.last_seen_at
    FROM session s JOIN person p ON p.id = s.person_id JOIN agency a ON a.id = s.agency_id
    WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.absolute_expires_at > $2
      AND s.last_seen_at > $2::timestamptz - make_interval(secs => $3) AND p.disabled_at IS NULL AND a.closed_at IS NULL
  ), seen AS (
    UPDATE session SET last_seen_at = $2 FROM found
    WHERE session.id = found.id AND found.last_seen_at < $2::timestamptz - make_interval(secs => $4) RETURNING session.id
  )
  SELECT * FROM found`);

/** Sessions as PostgreSQL has them. */
@Injectable()
export class PostgresSessions extends Sessions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly cookies: SessionCookies,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  get cookieName(): string {
    return this.cookies.sessionName;
  }

  async resolve(token: string): Promise<ActorRef | undefined> {
    if (!isSecret(token)) return undefined;
    const { idleSeconds } = this.config.session;
    const rows = await this.dataSource.query<PrincipalRow[]>(RESOLVE, [
      hashSecret(token), this.clock.now(), idleSeconds, Math.min(SEEN_EVERY, idleSeconds / 10),
    ]);
    const [row] = rows;
    return row && actorOf(row);
  }

  forget(_request: FastifyRequest, reply: FastifyReply): void {
    this.cookies.clearSession(reply);
  }
}

function actorOf(row: PrincipalRow): ActorRef {
  return {
    personId: row.person_id,
    displayName: row.display_name,
    agencyId: row.agency_id,
    agencyName: row.name,
    agencyCode: row.code,
    roles: row.roles.filter(isRole),
    sessionId: row.id,
    idp: row.idp_entity_id,
  };
}
