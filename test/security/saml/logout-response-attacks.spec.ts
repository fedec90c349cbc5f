import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '../../builders/world.js';
import { begin, fieldsFor, idpOf, post, refusals, type Fields, type Outcome } from './attempt.js';
import { byRedirect, isSignedIn, logoutMessage, signedQuery, signInLeaver, signOut, SUCCESS, type LogoutParts } from './logout-message.js';
import { at, nameId } from './message.js';
import { keyOf, sign, signedResponse } from './sign.js';
import { ASHWORTH } from './vector.js';

/** A browser that has signed out here and whose agency has yet to answer. */
interface Leaving {
  readonly requestId: string;
  readonly relayState: string;
  readonly cookie: string;
}

let world: World;
let bland = '';

beforeAll(async () => {
  world = await startWorld();
  bland = (await post(world, 'ashworth', [], undefined, 'slo')).body;
}, 120_000);

afterAll(() => world.stop());

async function leave(): Promise<Leaving> {
  const leaver = await signInLeaver(world, 'leaver-0002');
  const answer = await signOut(leaver);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '').find((pair) => pair.startsWith('concordat-login=')) ?? '';
  const { rows } = await world.superuser.query<{ id: string; relay_state: string }>('SELECT id, relay_state FROM saml_request WHERE session_id IS NOT NULL ORDER BY created_at DESC LIMIT 1');
  expect(await isSignedIn(leaver)).toBe(false);
  return { requestId: rows[0]?.id ?? '', relayState: rows[0]?.relay_state ?? '', cookie };
}

function logoutResponse({ requestId }: Leaving, change: Partial<LogoutParts> = {}): string {
  return logoutMessage(world, 'LogoutResponse', { more: ` InResponseTo="${requestId}"`, inner: SUCCESS, ...change });
}

const query = (leaving: Leaving, xml: string, relayState = leaving.relayState): string => signedQuery('SAMLResponse', xml, relayState);
const fields = ({ relayState }: Leaving, xml: string): Fields => [['SAMLResponse', Buffer.from(xml).toString('base64')], ['RelayState', relayState]];
const byPost = (leaving: Leaving, xml: string): Promise<Outcome> => post(world, 'ashworth', fields(leaving, xml), leaving.cookie, 'slo');
const redirected = (leaving: Leaving, change: Partial<LogoutParts>): Promise<Outcome> => byRedirect(world, query(leaving, logoutResponse(leaving, change)), leaving.cookie);
const RIGHT = { status: 303, location: '/signed-out' };

async function heldToBe(leaving: Leaving): Promise<unknown> {
  const { rows } = await world.superuser.query<{ confirmed: unknown }>(
    `SELECT body::jsonb #> '{details,agencyConfirmed}' AS confirmed FROM ledger_entry
     WHERE verb = 'session.sign-out' AND outcome = 'done' AND agency_code = 'ashworth' AND body::jsonb #> '{details,agencyConfirmed}' IS NOT NULL
       AND subject_id = (SELECT session_id::text FROM saml_request WHERE id = $1)`,
    [leaving.requestId],
  );
  return rows.map(({ confirmed }) => confirmed);
}

describe('an agency’s answer to a sign-out', () => {
  it('is believed when signed in the query', async () => {
    const leaving = await leave();
    expect(await redirected(leaving, {})).toMatchObject({ ...RIGHT, cookie: expect.stringContaining('concordat-signed-out=confirmed.ashworth;') as unknown });
    expect(await heldToBe(leaving)).toEqual([true]);
  });

  it('is believed when signed and posted', async () => {
    const leaving = await leave();
    expect(await byPost(leaving, sign(logoutResponse(leaving), 'LogoutResponse', ASHWORTH))).toMatchObject(RIGHT);
    expect(await heldToBe(leaving)).toEqual([true]);
  });

  it.each([
    ['a failure', SUCCESS.replace('Success', 'Responder')],
    ['a part only', SUCCESS.replace('"/>', '"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout"/></samlp:StatusCode>')],
    ['nothing', ''],
    ['two things', SUCCESS + SUCCESS],
  ])('confirms nothing when it says %s', async (_what, inner) => {
    const leaving = await leave();
    expect(await redirected(leaving, { inner })).toMatchObject({ ...RIGHT, cookie: expect.stringContaining('concordat-signed-out=unconfirmed.ashworth;') as unknown });
    expect(await heldToBe(leaving)).toEqual([false]);
  });
});

describe('attacks by answers to a sign-out', () => {
  const attacks: readonly (readonly [name: string, reason: string, send: (leaving: Leaving) => Promise<Outcome>])[] = [
    ['unsigned redirect', 'unsigned', (leaving) => byRedirect(world, query(leaving, logoutResponse(leaving)).replace(/&Signature=.*/, ''), leaving.cookie)],
    ['unsigned post', 'unsigned', (leaving) => byPost(leaving, logoutResponse(leaving))],
    ['redirect signed by another agency', 'bad-signature', (leaving) => byRedirect(world, signedQuery('SAMLResponse', logoutResponse(leaving), leaving.relayState, keyOf('northmoor-police')), leaving.cookie)],
    ['post signed by another agency', 'bad-signature', (leaving) => byPost(leaving, sign(logoutResponse(leaving), 'LogoutResponse', keyOf('northmoor-police')))],
    ['post with SHA-1', 'forbidden-algorithm', (leaving) => byPost(leaving, sign(logoutResponse(leaving), 'LogoutResponse', ASHWORTH, { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }))],
    ['post changed after signing', 'bad-signature', (leaving) => byPost(leaving, sign(logoutResponse(leaving, { inner: SUCCESS.replace('Success', 'Responder') }), 'LogoutResponse', ASHWORTH).replace('status:Responder', 'status:Success'))],
    ['InResponseTo of a request nobody made', 'no-pending-request', (leaving) => redirected(leaving, { more: ' InResponseTo="_nobody"' })],
    ['no InResponseTo', 'wrong-request', (leaving) => redirected(leaving, { more: '' })],
    ['empty InResponseTo', 'wrong-request', (leaving) => redirected(leaving, { more: ' InResponseTo=""' })],
    ['InResponseTo of another browser’s sign-out', 'no-pending-request', async (leaving) => redirected(leaving, { more: ` InResponseTo="${(await leave()).requestId}"` })],
    ['InResponseTo of a sign-in under way', 'no-pending-request', async (leaving) => {
      const attempt = await begin(world);
      return byRedirect(world, signedQuery('SAMLResponse', logoutResponse({ ...leaving, requestId: attempt.requestId }), attempt.relayState), attempt.cookie);
    }],
    ['wrong issuer', 'wrong-issuer', (leaving) => redirected(leaving, { issuer: idpOf('northmoor-police') })],
    ['wrong destination', 'wrong-destination', (leaving) => redirected(leaving, { destination: `${world.baseUrl}/saml/northmoor-police/slo` })],
    ['destination of the way in', 'wrong-destination', (leaving) => redirected(leaving, { destination: `${world.baseUrl}/saml/ashworth/acs` })],
    ['another version', 'wrong-version', (leaving) => redirected(leaving, { version: '1.1' })],
    ['an hour old', 'wrong-time', (leaving) => redirected(leaving, { instant: at(-3600) })],
    ['from the future', 'wrong-time', (leaving) => redirected(leaving, { instant: at(3600) })],
    ['at the address of another agency', 'bad-signature', (leaving) => byRedirect(world, query(leaving, logoutResponse(leaving)), leaving.cookie, 'northmoor-police')],
    ['at the address of no agency', 'unknown-agency', (leaving) => byRedirect(world, query(leaving, logoutResponse(leaving)), leaving.cookie, 'nowhere')],
    ['brought by another browser', 'no-pending-request', async (leaving) => byRedirect(world, query(leaving, logoutResponse(leaving)), (await begin(world)).cookie)],
    ['brought by a browser without the cookie', 'no-pending-request', (leaving) => byRedirect(world, query(leaving, logoutResponse(leaving)))],
    ['another RelayState', 'no-pending-request', async (leaving) => byRedirect(world, query(leaving, logoutResponse(leaving), (await leave()).relayState), leaving.cookie)],
    ['no RelayState of ours', 'no-pending-request', (leaving) => byRedirect(world, query(leaving, logoutResponse(leaving), 'https://evil.example/'), leaving.cookie)],
    ['a logout request in its place', 'unexpected-structure', (leaving) => byRedirect(world, query(leaving, logoutMessage(world, 'LogoutRequest', { inner: nameId('leaver-0002') })), leaving.cookie)],
    ['itself in the place of a request', 'unexpected-structure', (leaving) => byRedirect(world, signedQuery('SAMLRequest', logoutResponse(leaving), leaving.relayState), leaving.cookie)],
    ['request and answer at once', 'malformed-form', (leaving) => byRedirect(world, `${query(leaving, logoutResponse(leaving))}&SAMLRequest=x`, leaving.cookie)],
    ['an entity bomb', 'forbidden-markup', (leaving) => byRedirect(world, query(leaving, `<!DOCTYPE r [<!ENTITY a "b">]>${logoutResponse(leaving)}`), leaving.cookie)],
  ];

  it.each(attacks)('refuses: %s, and leaves the request to the true answer', async (_name, reason, send) => {
    const leaving = await leave();
    const before = await refusals(world);
    const outcome = await send(leaving);
    expect((await refusals(world)).slice(before.length)).toEqual([reason]);
    expect(outcome).toMatchObject({ status: 403, body: bland });
    expect(outcome.cookie ?? '').not.toContain('concordat-signed-out');
    expect(await heldToBe(leaving)).toEqual([]);
    expect(await redirected(leaving, {})).toMatchObject(RIGHT);
  });

  it('refuses the answer sent again', async () => {
    const leaving = await leave();
    const again = query(leaving, logoutResponse(leaving));
    expect(await byRedirect(world, again, leaving.cookie)).toMatchObject(RIGHT);
    expect(await byRedirect(world, again, leaving.cookie)).toMatchObject({ status: 403, body: bland });
    expect(await heldToBe(leaving)).toEqual([true]);
  });

  it('refuses an answer that comes after the request has run out', async () => {
    const leaving = await leave();
    await world.superuser.query(`UPDATE saml_request SET expires_at = now() - interval '1 second' WHERE id = $1`, [leaving.requestId]);
    expect(await redirected(leaving, {})).toMatchObject({ status: 403, body: bland });
  });

  it('lets nobody in by a sign-in response to a sign-out', async () => {
    const leaving = await leave();
    const attempt = { ...(await begin(world)), ...leaving };
    const outcome = await post(world, 'ashworth', fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH })), leaving.cookie);
    expect(outcome).toMatchObject({ status: 403, signedIn: false });
  });
});
