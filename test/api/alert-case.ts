import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../scripts/postgres/free-port.js';
import { AGREEMENT, PEOPLE } from '../../src/demonstration/borough.js';
import { startChild, type Child } from '../builders/child.js';
import { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

/** Words of the case: none of them may leave the portal by e-mail. */
export const CASE_WORDS = ['Golden Dragon', '14 Mill Lane', 'Rat droppings', 'Ashworth', 'Food poisoning', 'NM1 4QX', 'AR-2026'];

/** A mail the sandbox server kept. */
export interface KeptMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  readonly raw: string;
}

/** A mail server that can be switched off and on again, on the same ports with the same mail. */
export class Mailbox {
  private child: Child | undefined;

  private constructor(
    readonly smtpPort: number,
    private readonly webPort: number,
    private readonly folder: string,
  ) {}

  static async prepare(): Promise<Mailbox> {
    return new Mailbox(await freePort(), await freePort(), mkdtempSync(join(tmpdir(), 'concordat-mail-')));
  }

  async start(): Promise<void> {
    const env = { SMTP_PORT: String(this.smtpPort), SMTP_WEB_PORT: String(this.webPort), SMTP_DATA: this.folder };
    this.child = await startChild('sandbox/smtp/main.js', env, 'The sandbox mail server is ready');
  }

  async stop(): Promise<void> {
    await this.child?.stop();
    this.child = undefined;
  }

  async mails(): Promise<KeptMail[]> {
    return (await (await fetch(`http://127.0.0.1:${this.webPort}/messages.json`)).json()) as KeptMail[];
  }
}

/** A person with a session of her own, known by its id so that a test can end it. */
export class SignedIn extends Visitor {
  constructor(
    baseUrl: string,
    cookie: string,
    readonly sessionId: string,
    readonly personId: string,
    readonly agencyId: string,
  ) {
    super(baseUrl, cookie);
  }
}

/** The demonstration borough with a worker and a mail server, and ways to put cases into it behind the portal's back. */
export class AlertWorld {
  private constructor(
    readonly world: World,
    readonly mailbox: Mailbox,
  ) {}

  static async start(options: { worker?: boolean; mail?: boolean; env?: Readonly<Record<string, string>> } = {}): Promise<AlertWorld> {
    const mailbox = await Mailbox.prepare();
    if (options.mail !== false) await mailbox.start();
    const env = { SMTP_URL: `smtp://127.0.0.1:${mailbox.smtpPort}`, ...options.env };
    return new AlertWorld(await startWorld({ worker: options.worker ?? true, env }), mailbox);
  }

  async stop(): Promise<void> {
    await this.world.stop();
    await this.mailbox.stop();
  }

  async rows<Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.world.superuser.query(sql, values)).rows as Row[];
  }

  /** A session of this person, made behind the identity provider's back: what is tested here begins after sign-in. */
  async signIn(userName: string): Promise<SignedIn> {
    const known = PEOPLE.find((person) => person.userName === userName);
    if (!known) throw new Error(`Nobody is called ${userName}`);
    const agencyId = await this.agency(known.agency);
    const personId = await this.person(userName, known.displayName, agencyId, known.roles);
    const token = randomBytes(32).toString('base64url');
    const sessionId = randomUUID();
    await this.rows(
      `INSERT INTO session (id, token_hash, person_id, agency_id, roles, created_at, last_seen_at, absolute_expires_at)
       VALUES ($1, $2, $3, $4, $5, now(), now(), now() + interval '1 hour')`,
      [sessionId, createHash('sha256').update(token).digest(), personId, agencyId, known.roles],
    );
    return new SignedIn(this.world.baseUrl, `concordat=${token}`, sessionId, personId, agencyId);
  }

  async agency(code: string): Promise<string> {
    const [row] = await this.rows<{ id: string }>('SELECT id FROM agency WHERE code = $1', [code]);
    if (!row) throw new Error(`No agency ${code}`);
    return row.id;
  }

  /** An investigation led by Ashworth, or by `leader`, with the agencies of these codes as members. */
  async openCase(members: readonly string[], leader = 'ashworth'): Promise<OpenCase> {
    const amira = await this.person('amira.rahman', 'Amira Rahman', await this.agency('ashworth'), ['environmental-health-officer']);
    const workspaceId = randomUUID();
    const lead = await this.agency(leader);
    await this.rows(
      `INSERT INTO workspace (id, reference, title, summary, business, lead_agency_id, tier, sensitive, purpose, created_by, created_by_name)
       VALUES ($1, $2, 'Food poisoning at the Golden Dragon', 'Rat droppings', $3, $4, 1, true, 'Public protection', $5, 'Amira Rahman')`,
      [workspaceId, `AR-2026-${workspaceId.slice(0, 4)}`, { name: 'Golden Dragon', address: '14 Mill Lane', postcode: 'NM1 4QX' }, lead, amira],
    );
    await this.rows(`INSERT INTO workspace_member (workspace_id, agency_id, invited_by, invited_by_name, valid_from) VALUES ($1, $2, $3, 'Amira Rahman', now())`, [workspaceId, lead, amira]);
    for (const code of members) {
      await this.rows(
        `INSERT INTO workspace_member (workspace_id, agency_id, agreement_id, clause_id, purpose, invited_by, invited_by_name, valid_from)
         SELECT $1, $2, g.id, c.id, c.purpose, $3, 'Amira Rahman', now() FROM agreement g JOIN agreement_clause c ON c.agreement_id = g.id
          WHERE g.reference = $4 ORDER BY c.code LIMIT 1`,
        [workspaceId, await this.agency(code), amira, AGREEMENT.reference],
      );
    }
    return { workspaceId, lead, amira };
  }

  /** A finding that is a breach, committed with its event, as the portal would. Only `releasable` agencies may see it when given. */
  async breach(at: OpenCase, releasable: readonly string[] | null = null): Promise<Breach> {
    const itemId = randomUUID();
    const eventId = randomUUID();
    const releasableTo = releasable && (await Promise.all(releasable.map((code) => this.agency(code))));
    await this.rows('BEGIN');
    await this.rows(
      `INSERT INTO item (id, workspace_id, kind, title, originator_agency_id, tier, sensitive, releasable_to, created_by, created_by_name, created_at, updated_at, words)
       VALUES ($1, $2, 'finding', 'Rat droppings in the kitchen', $3, 1, true, $4, $5, 'Amira Rahman', now(), now(), '')`,
      [itemId, at.workspaceId, at.lead, releasableTo, at.amira],
    );
    await this.emit(eventId, { workspaceId: at.workspaceId, itemId });
    await this.rows('COMMIT');
    return { eventId, itemId };
  }

  /** The event of a breach on its own, for instance a second time. */
  async emit(eventId: string, { workspaceId, itemId }: { workspaceId: string; itemId: string }): Promise<void> {
    const payload = { workspaceId, itemId, urgency: 'critical', ruleId: 'imminent-risk-to-health', ruleVersion: 1, tell: ['council', 'police', 'fire', 'health'] };
    await this.rows(
      `INSERT INTO outbox (id, type, payload, correlation_id, created_at) VALUES ($1, 'workspaces.breach-raised.v1', $2, 'test', clock_timestamp())`,
      [eventId, payload],
    );
    await this.rows(`SELECT pg_notify('concordat_outbox', '')`);
  }

  /** Tells every process that an investigation, or one item of it, has changed. */
  async signal(signal: { kind: string; ids: Readonly<Record<string, string>> }): Promise<void> {
    await this.rows(`SELECT pg_notify('concordat_live', $1)`, [JSON.stringify(signal)]);
  }

  /** Waits until the effect of an event has been done. */
  async done(eventId: string, effect = 'raise-alerts'): Promise<void> {
    await eventually(`${effect} of ${eventId}`, async () => (await this.rows('SELECT 1 FROM effect WHERE event_id = $1 AND effect = $2', [eventId, effect])).length === 1, 60_000);
  }

  /** The codes of the agencies told of an event, sorted. */
  async told(eventId: string): Promise<string[]> {
    const rows = await this.rows<{ code: string }>('SELECT a.code FROM alert al JOIN agency a ON a.id = al.agency_id WHERE al.event_id = $1 ORDER BY a.code', [eventId]);
    return rows.map((row) => row.code);
  }

  /** The id of the alert of one agency for an event. */
  async alertOf(eventId: string, code: string): Promise<string> {
    const [row] = await this.rows<{ id: string }>('SELECT al.id FROM alert al JOIN agency a ON a.id = al.agency_id WHERE al.event_id = $1 AND a.code = $2', [eventId, code]);
    if (!row) throw new Error(`No alert of ${code} for ${eventId}`);
    return row.id;
  }

  private async person(userName: string, displayName: string, agencyId: string, roles: readonly string[]): Promise<string> {
    const entity = `test:${agencyId}`;
    const known = await this.rows<{ id: string }>('SELECT id FROM person WHERE idp_entity_id = $1 AND name_id = $2', [entity, userName]);
    if (known[0]) return known[0].id;
    const id = randomUUID();
    const initials = displayName.split(' ').map((word) => word.charAt(0)).join('');
    await this.rows(
      `INSERT INTO person (id, agency_id, idp_entity_id, name_id, display_name, initials, exhibit_initials, roles) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, agencyId, entity, userName, displayName, initials, `${initials}-${id.slice(0, 8)}`, roles],
    );
    return id;
  }
}

export interface OpenCase {
  readonly workspaceId: string;
  readonly lead: string;
  readonly amira: string;
}

export interface Breach {
  readonly eventId: string;
  readonly itemId: string;
}

/** Polls until `holds` answers something true, and returns it. */
export async function eventually<T>(what: string, holds: () => Promise<T | undefined | false>, limit = 20_000): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await holds();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Not within ${limit} ms: ${what}`);
    await pause(20);
  }
}
