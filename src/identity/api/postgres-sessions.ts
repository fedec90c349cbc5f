import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { isRole, type ActorRef, type AgencyId, type PersonId, type SessionId } from '../../../libs/kernel/index.js';
import { Clock, CONFIG, prepared, Sessions, type Config, type Work } from '../../platform/index.js';
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

const SESSIONS = `session s JOIN person p ON p.id = s.person_id JOIN agency a ON a.id = s.agency_id`;
/** SQL: whether a session stands at the moment $2. */
const STANDS = `s.ended_at IS NULL AND s.absolute_expires_at > $2 AND p.disabled_at IS NULL AND a.closed_at IS NULL`;
/** SQL: whether it has been used within the last $3 seconds before the moment $2. */
const IN_USE = `s.last_seen_at > $2::timestamptz - make_interval(secs => $3)`;

/**
 * One statement per request, so that a session which was ended, or whose person was disabled, is refused from that moment
 * on by every process: nothing is remembered between two requests. The note of when it was seen waits for no act that
 * holds the session; the next request makes it.
 */
const RESOLVE = prepared(`
  WITH found AS (
    SELECT s.id, s.person_id, p.display_name, s.agency_id, a.name, a.code, s.roles, p.idp_entity_id, s.last_seen_at
    FROM ${SESSIONS} WHERE s.token_hash = $1 AND ${STANDS} AND ${IN_USE}
  ), free AS (
    SELECT s.id FROM session s JOIN found ON found.id = s.id
    WHERE found.last_seen_at < $2::timestamptz - make_interval(secs => $4) FOR NO KEY UPDATE OF s SKIP LOCKED
  ), seen AS (
    UPDATE session SET last_seen_at = $2 FROM free WHERE session.id = free.id RETURNING session.id
  )
  SELECT * FROM found`);

const FALLEN = prepared(`
  SELECT asked.id FROM unnest($1::uuid[]) AS asked (id) WHERE NOT EXISTS (SELECT FROM ${SESSIONS} WHERE s.id = asked.id AND ${STANDS})`);

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

  async stands(work: Work): Promise<boolean> {
    const { actor } = work.context;
    if (!actor) return false;
    const rows = await work.sql(`SELECT 1 FROM ${SESSIONS} WHERE s.id = $1 AND ${STANDS} AND ${IN_USE}`, [
      actor.sessionId, work.at, this.config.session.idleSeconds,
    ]);
    return rows.length === 1;
  }

  async hold(work: Work): Promise<boolean> {
    const { actor } = work.context;
    if (!actor) return false;
    // The person first, as whoever disables her does: two that wait for each other would both be thrown out.
    await work.sql('SELECT 1 FROM person WHERE id = $1 FOR SHARE', [actor.personId]);
    const rows = await work.sql(`SELECT 1 FROM ${SESSIONS} WHERE s.id = $1 AND ${STANDS} FOR SHARE OF s`, [actor.sessionId, work.at]);
    return rows.length === 1;
  }

  async fallen(sessions: readonly SessionId[]): Promise<readonly SessionId[]> {
    if (sessions.length === 0) return [];
    const rows = await this.dataSource.query<{ id: SessionId }[]>(FALLEN, [sessions, this.clock.now()]);
    return rows.map(({ id }) => id);
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
