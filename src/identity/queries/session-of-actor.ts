import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';

/** What a person's own session says about her, beyond the actor of the request. */
export interface OwnSession {
  readonly email: string | null;
  readonly initials: string;
  readonly agencyKind: string;
  /** When it ends if she does nothing. */
  readonly expiresAt: Date;
}

interface OwnRow {
  email: string | null;
  initials: string;
  kind: string;
  last_seen_at: Date;
  absolute_expires_at: Date;
}

/** The session of whoever asks. */
@Injectable()
export class SessionOfActor {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute(context: ActContext): Promise<OwnSession | undefined> {
    const { actor } = context;
    if (!actor) return undefined;
    const [row] = await this.unit.run(context, (work) =>
      work.sql<OwnRow>(
        `SELECT p.email, p.exhibit_initials AS initials, a.kind, s.last_seen_at, s.absolute_expires_at
         FROM session s JOIN person p ON p.id = s.person_id JOIN agency a ON a.id = s.agency_id WHERE s.id = $1 AND s.ended_at IS NULL`,
        [actor.sessionId],
      ),
    );
    return row && { email: row.email, initials: row.initials, agencyKind: row.kind, expiresAt: this.expiry(row) };
  }

  private expiry({ last_seen_at, absolute_expires_at }: OwnRow): Date {
    return new Date(Math.min(last_seen_at.getTime() + this.config.session.idleSeconds * 1000, absolute_expires_at.getTime()));
  }
}
