import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorld, type World } from '../../builders/world.js';
import { begin, fieldsFor, idpOf, post, refusals, type Outcome } from './attempt.js';
import { byRedirect, isSignedIn, logoutMessage, signedQuery, signInLeaver, type LogoutParts } from './logout-message.js';
import { at, nameId } from './message.js';
import { keyOf, sign, signedResponse, type Key } from './sign.js';
import { ASHWORTH } from './vector.js';

const NAME = 'leaver-0001';

let world: World;
let bland = '';
let blandWayIn = '';

beforeAll(async () => {
  world = await startWorld();
  bland = (await post(world, 'ashworth', [], undefined, 'slo')).body;
  blandWayIn = (await post(world, 'ashworth', [], undefined)).body;
}, 120_000);

afterAll(() => world.stop());

function logoutRequest({ name = nameId(NAME), ...change }: Partial<LogoutParts> & { name?: string } = {}): string {
  return logoutMessage(world, 'LogoutRequest', { inner: name, ...change });
}

function query(xml: string, key: Key = ASHWORTH, algorithm?: string): string {
  return signedQuery('SAMLRequest', xml, 'r', key, algorithm);
}

const byRedirectHere = (text: string): Promise<Outcome> => byRedirect(world, text);

function byPost(xml: string): Promise<Outcome> {
  return post(world, 'ashworth', [['SAMLRequest', Buffer.from(xml).toString('base64')], ['RelayState', 'r']], undefined, 'slo');
}

describe('an agency ends the sessions of its person', () => {
  it('by a signed redirect, and gets a signed answer', async () => {
    const leaver = await signInLeaver(world, NAME);
    const outcome = await byRedirectHere(query(logoutRequest()));
    expect(outcome.status).toBe(303);
    expect(outcome.location).toMatch(/^http:\/\/localhost:8091\/slo\?SAMLResponse=.*&Signature=/);
    expect(await isSignedIn(leaver)).toBe(false);
  });

  it('by a signed post', async () => {
    const leaver = await signInLeaver(world, NAME);
    expect((await byPost(sign(logoutRequest(), 'LogoutRequest', ASHWORTH))).status).toBe(303);
    expect(await isSignedIn(leaver)).toBe(false);
  });

  it('but not the one of another browser, when it names a session', async () => {
    const leaver = await signInLeaver(world, NAME);
    const naming = (index: string): Promise<Outcome> => byRedirectHere(query(logoutRequest({ inner: `${nameId(NAME)}<samlp:SessionIndex>${index}</samlp:SessionIndex>` })));
    expect((await naming('_another')).status).toBe(303);
    expect(await isSignedIn(leaver)).toBe(true);
    expect((await naming('_session')).status).toBe(303);
    expect(await isSignedIn(leaver)).toBe(false);
  });

  it('but of no person of another agency who has the same name there', async () => {
    const leaver = await signInLeaver(world, NAME);
    await world.superuser.query(`UPDATE person SET idp_entity_id = 'https://elsewhere.example' WHERE name_id = $1`, [NAME]);
    try {
      expect((await byRedirectHere(query(logoutRequest()))).status).toBe(303);
      expect(await isSignedIn(leaver)).toBe(true);
    } finally {
      await world.superuser.query(`UPDATE person SET idp_entity_id = $2 WHERE name_id = $1`, [NAME, idpOf('ashworth')]);
    }
  });

  it('but of nobody else', async () => {
    const leaver = await signInLeaver(world, NAME);
    expect((await byRedirectHere(query(logoutRequest({ name: nameId('somebody-else') })))).status).toBe(303);
    expect(await isSignedIn(leaver)).toBe(true);
  });
});

describe('attacks by logout messages', () => {
  const attacks: readonly (readonly [name: string, reason: string, send: () => Promise<Outcome>])[] = [
    ['unsigned redirect', 'unsigned', () => byRedirectHere(query(logoutRequest()).replace(/&Signature=.*/, ''))],
    ['unsigned post', 'unsigned', () => byPost(logoutRequest())],
    ['redirect signed by another agency', 'bad-signature', () => byRedirectHere(query(logoutRequest(), keyOf('northmoor-police')))],
    ['post signed by another agency', 'bad-signature', () => byPost(sign(logoutRequest(), 'LogoutRequest', keyOf('northmoor-police')))],
    ['redirect with SHA-1 claimed', 'forbidden-algorithm', () => byRedirectHere(query(logoutRequest(), ASHWORTH, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'))],
    ['post with SHA-1', 'forbidden-algorithm', () => byPost(sign(logoutRequest(), 'LogoutRequest', ASHWORTH, { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }))],
    ['redirect with the message twice', 'malformed-form', () => byRedirectHere(`SAMLRequest=x&${query(logoutRequest())}`)],
    ['redirect with a response smuggled in', 'malformed-form', () => byRedirectHere(`${query(logoutRequest())}&SAMLResponse=x`)],
    ['redirect with the RelayState changed', 'bad-signature', () => byRedirectHere(query(logoutRequest()).replace('RelayState=r', 'RelayState=s'))],
    ['redirect that inflates to a megabyte', 'not-base64', () => byRedirectHere(query(logoutRequest({ more: ' '.repeat(1_000_000) })))],
    ['wrong issuer', 'wrong-issuer', () => byRedirectHere(query(logoutRequest({ issuer: idpOf('northmoor-police') })))],
    ['wrong destination', 'wrong-destination', () => byRedirectHere(query(logoutRequest({ destination: `${world.baseUrl}/saml/northmoor-police/slo` })))],
    ['an hour old', 'wrong-time', () => byRedirectHere(query(logoutRequest({ instant: at(-3600) })))],
    ['expired by its own word', 'wrong-time', () => byRedirectHere(query(logoutRequest({ more: ` NotOnOrAfter="${at(-120)}"` })))],
    ['no name', 'wrong-subject', () => byRedirectHere(query(logoutRequest({ name: '' })))],
    ['entity bomb', 'forbidden-markup', () => byRedirectHere(query(`<!DOCTYPE r [<!ENTITY a "b">]>${logoutRequest()}`))],
    ['nothing at all', 'malformed-form', () => byRedirectHere('')],
    ['a sign-in response on the way out', 'unexpected-structure', async () => {
      const attempt = await begin(world);
      return post(world, 'ashworth', fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH })), attempt.cookie, 'slo');
    }],
    ['another version', 'wrong-version', () => byRedirectHere(query(logoutRequest({ version: '1.1' })))],
    ['a name for this once only', 'wrong-subject', () => byRedirectHere(query(logoutRequest({ name: nameId(NAME, 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient') })))],
    ['two sessions at once', 'wrong-subject', () => byRedirectHere(query(logoutRequest({ inner: `${nameId(NAME)}<samlp:SessionIndex>_session</samlp:SessionIndex><samlp:SessionIndex>_b</samlp:SessionIndex>` })))],
    ['no id to answer to', 'wrong-subject', () => byRedirectHere(query(logoutRequest({ id: '' })))],
    ['a post that signs only a part', 'unexpected-structure', () => byPost(sign(logoutRequest(), 'LogoutRequest', ASHWORTH).replace(/URI="#[^"]+"/, 'URI=""'))],
    ['a post with one id twice', 'duplicate-id', () => byPost(sign(logoutRequest({ id: '_one' }), 'LogoutRequest', ASHWORTH).replace('<saml:NameID', '<saml:NameID Id="_one"'))],
    ['a logout request on the way in', 'no-pending-request', () => post(world, 'ashworth', [['SAMLRequest', Buffer.from(logoutRequest()).toString('base64')]], undefined)],
    ['a logout request as the response on the way in', 'unexpected-structure', async () => {
      const attempt = await begin(world);
      return post(world, 'ashworth', fieldsFor(attempt, sign(logoutRequest(), 'LogoutRequest', ASHWORTH)), attempt.cookie);
    }],
  ];

  it.each(attacks)('refuses: %s', async (name, reason, send) => {
    const leaver = await signInLeaver(world, NAME);
    const before = await refusals(world);
    const outcome = await send();
    expect((await refusals(world)).slice(before.length)).toEqual([reason]);
    expect(outcome.status).toBe(403);
    expect(outcome.body).toBe(name.endsWith('on the way in') ? blandWayIn : bland);
    expect(await isSignedIn(leaver)).toBe(true);
  });

  it('refuses a logout request sent again', async () => {
    const again = query(logoutRequest());
    expect((await byRedirectHere(again)).status).toBe(303);
    const leaver = await signInLeaver(world, NAME);
    expect((await byRedirectHere(again)).status).toBe(403);
    expect(await isSignedIn(leaver)).toBe(true);
  });
});
