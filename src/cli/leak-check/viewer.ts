import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ActorRef, Role } from '../../../libs/kernel/index.js';
import type { AgencyKind } from './agreement-facts.js';
import type { Operator } from '../operator.js';

/** An agency of the copy. */
export interface Agency {
  readonly id: ActorRef['agencyId'];
  readonly code: string;
  readonly name: string;
  readonly kind: AgencyKind;
}

/** What a request was answered with. */
export interface Answered {
  readonly status: number;
  readonly text: string;
}

const WORKS_AS: Readonly<Record<string, Role>> = { council: 'environmental-health-officer', police: 'police-officer', fire: 'fire-officer', health: 'health-practitioner' };

/** One role of each set of rights there is; other roles may do what one of these may. */
export function rolesTried(kind: AgencyKind): readonly Role[] {
  const own = WORKS_AS[kind];
  return [...(own ? [own] : []), 'service-manager', 'duty-officer', 'auditor', 'administrator'];
}

/** Somebody who does not exist, signed in at the portal on the copy. */
export class Viewer {
  private constructor(
    readonly agency: Agency,
    readonly role: Role,
    readonly actor: ActorRef,
    private readonly baseUrl: string,
    private readonly token: string,
  ) {}

  /** Makes the person and her session in the copy, behind the back of the agency's identity provider. */
  static async signIn({ unit, context }: Operator, agency: Agency, role: Role, baseUrl: string): Promise<Viewer> {
    const [token, personId, sessionId] = [randomBytes(32).toString('base64url'), randomUUID(), randomUUID()];
    const displayName = `Leak Check, ${role} of ${agency.name}`;
    await unit.run(context, async (work) => {
      await work.sql(
        `INSERT INTO person (id, agency_id, idp_entity_id, name_id, display_name, initials, exhibit_initials, roles)
         VALUES ($1::uuid, $2, 'urn:concordat:leak-check', $1::uuid::text, $3, 'LC', $4, $5)`,
        [personId, agency.id, displayName, `LC-${personId.slice(0, 8)}`, [role]]);
      await work.sql(
        `INSERT INTO session (id, token_hash, person_id, agency_id, roles, created_at, last_seen_at, absolute_expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $6::timestamptz + interval '12 hours')`,
        [sessionId, createHash('sha256').update(token).digest(), personId, agency.id, [role], work.at]);
    });
    const ids = { personId: personId as ActorRef['personId'], sessionId: sessionId as ActorRef['sessionId'] };
    const actor: ActorRef = { ...ids, displayName, agencyId: agency.id, agencyName: agency.name, agencyCode: agency.code, roles: [role], idp: 'urn:concordat:leak-check' };
    return new Viewer(agency, role, actor, baseUrl, token);
  }

  /** Any request; what redirects is answered and not followed. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', `concordat=${this.token}`);
    return fetch(new URL(path, this.baseUrl), { redirect: 'manual', ...init, headers });
  }

  async get(path: string): Promise<Answered> {
    const response = await this.fetch(path);
    return { status: response.status, text: `${response.headers.get('location') ?? ''}\n${Buffer.from(await response.arrayBuffer()).toString('latin1')}` };
  }

  async graphql(query: string, variables: Readonly<Record<string, unknown>>): Promise<Answered> {
    const response = await this.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
    return { status: response.status, text: await response.text() };
  }

  /** The answer of a mutation that must be done. @throws Error with what the portal said. */
  async perform<Done>(query: string, field: string, input: object): Promise<Done> {
    const { text } = await this.graphql(query, { input });
    const answer = (JSON.parse(text) as { data?: Record<string, (Done & { readonly message?: string }) | null> | null }).data?.[field];
    if (!answer || answer.message !== undefined) throw new Error(`Planting by ${field} was refused: ${text.slice(0, 500)}`);
    return answer;
  }
}
