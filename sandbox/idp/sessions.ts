import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { DirectoryPerson } from './directory.js';

/** Somebody signed in at this provider, in one browser. */
export interface ProviderSession {
  readonly person: DirectoryPerson;
  /** What the service provider knows this session by. */
  readonly index: string;
}

const LIFE_MS = 8 * 3_600_000;
const MOST = 10_000;

/** The sessions of one identity provider: while one lasts, its browser is not asked for the password again. Lost at a restart. */
export class ProviderSessions {
  private readonly open = new Map<string, ProviderSession & { readonly until: number }>();
  private readonly cookie: string;

  /** Cookies are not kept apart by port, so each agency's has a name of its own. */
  constructor(agencyCode: string) {
    this.cookie = `idp-${agencyCode}`;
  }

  /** Opens a session; answers it with the Set-Cookie line for its browser. */
  begin(person: DirectoryPerson): { readonly session: ProviderSession; readonly setCookie: string } {
    for (const [token, { until }] of this.open) if (until < Date.now() || this.open.size >= MOST) this.open.delete(token);
    const token = randomBytes(32).toString('base64url');
    const session = { person, index: `_${randomUUID()}`, until: Date.now() + LIFE_MS };
    this.open.set(token, session);
    return { session, setCookie: `${this.cookie}=${token}; Path=/; HttpOnly; SameSite=Lax` };
  }

  /** The session of the browser that sent this request (attacker-controlled). */
  of(request: IncomingMessage): ProviderSession | undefined {
    const pairs = (request.headers.cookie ?? '').split(/; */).map((pair) => pair.split('='));
    const token = pairs.find(([name]) => name === this.cookie)?.[1] ?? '';
    const found = this.open.get(token);
    return found && found.until > Date.now() ? found : undefined;
  }

  /** Ends the session of this index when it is this person's, and tells the browser to forget it. Answers whether none is left of it. */
  end(index: string, isSubject: (person: DirectoryPerson) => boolean): { readonly isOver: boolean; readonly setCookie: string } {
    let isOver = true;
    for (const [token, session] of this.open) {
      if (session.index !== index) continue;
      if (isSubject(session.person)) this.open.delete(token);
      else isOver = false;
    }
    return { isOver, setCookie: `${this.cookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax` };
  }
}
