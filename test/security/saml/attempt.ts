import { AGENCIES } from '../../../src/demonstration/borough.js';
import type { World } from '../../builders/world.js';
import type { Conversation } from './message.js';

/** A browser halfway through signing in: it has been sent to its agency and has not come back. */
export interface Attempt extends Conversation {
  readonly agency: string;
  readonly relayState: string;
  readonly cookie: string;
}

/** What came back to the browser. */
export interface Outcome {
  readonly status: number;
  readonly body: string;
  readonly signedIn: boolean;
  readonly cookie: string | undefined;
  readonly location: string | null;
}

const USUAL_PORT = 8080;

/** entityID of an agency's identity provider as it is seeded. */
export function idpOf(agency: string): string {
  const port = AGENCIES.find(({ code }) => code === agency)?.idpPort ?? 0;
  return `http://localhost:${USUAL_PORT + port}/metadata`;
}

/** Begins to sign in, as a browser does. */
export async function begin(world: World, agency = 'ashworth', path = '/my-work'): Promise<Attempt> {
  const answer = await world.stranger().fetch(`/saml/${agency}/login?returnTo=${encodeURIComponent(path)}`);
  const location = new URL(answer.headers.get('location') ?? '');
  const [cookie = ''] = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  const relayState = location.searchParams.get('RelayState') ?? '';
  const { rows } = await world.superuser.query<{ id: string }>('SELECT id FROM saml_request WHERE relay_state = $1', [relayState]);
  const sp = `${world.baseUrl}/saml/${agency}`;
  return { agency, idp: idpOf(agency), sp, acs: `${sp}/acs`, requestId: rows[0]?.id ?? '', relayState, cookie };
}

/** Form fields as they are sent; a list sends a field more than once. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** The fields in which this XML would be brought back. */
export function fieldsFor(attempt: Attempt, xml: string): Fields {
  return [
    ['SAMLResponse', Buffer.from(xml, 'utf8').toString('base64')],
    ['RelayState', attempt.relayState],
  ];
}

/** Posts to an agency's assertion consumer service with this cookie. */
export async function post(world: World, agency: string, fields: Fields, cookie: string | undefined, path = 'acs'): Promise<Outcome> {
  const answer = await fetch(`${world.baseUrl}/saml/${agency}/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:8091', ...(cookie === undefined ? {} : { cookie }) },
    body: fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
  });
  const session = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '').find((pair) => /^concordat=./.test(pair));
  return { status: answer.status, body: await answer.text(), signedIn: session !== undefined, cookie: session, location: answer.headers.get('location') };
}

/** Reasons of all refused sign-ins and sign-outs in the ledger, oldest first. */
export async function refusals(world: World): Promise<string[]> {
  const { rows } = await world.superuser.query<{ reason: string }>(
    `SELECT body::jsonb ->> 'reason' AS reason FROM ledger_entry WHERE verb IN ('session.sign-in', 'session.sign-out') AND outcome = 'refused' ORDER BY at, id`,
  );
  return rows.map(({ reason }) => reason);
}
