import { createSign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Visitor } from '../../builders/visitor.js';
import { startWorld, type World } from '../../builders/world.js';
import { begin, fieldsFor, idpOf, post, refusals, type Outcome } from './attempt.js';
import { at, nameId } from './message.js';
import { keyOf, sign, signedResponse, type Key } from './sign.js';
import { ASHWORTH } from './vector.js';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const NAME = 'leaver-0001';

let world: World;
let bland = '';

beforeAll(async () => {
  world = await startWorld();
  bland = (await post(world, 'ashworth', [], undefined)).body;
}, 120_000);

afterAll(() => world.stop());

interface LogoutParts {
  issuer: string;
  destination: string;
  instant: string;
  name: string;
  id: string;
  more: string;
}

function logoutRequest(change: Partial<LogoutParts> = {}): string {
  const parts: LogoutParts = {
    issuer: idpOf('ashworth'), destination: `${world.baseUrl}/saml/ashworth/slo`, instant: at(0), name: nameId(NAME), id: `_${crypto.randomUUID()}`, more: '', ...change,
  };
  return (
    `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${parts.id}" Version="2.0"` +
    ` IssueInstant="${parts.instant}" Destination="${parts.destination}"${parts.more}><saml:Issuer>${parts.issuer}</saml:Issuer>${parts.name}</samlp:LogoutRequest>`
  );
}

function query(xml: string, { key }: Key = ASHWORTH, algorithm = RSA_SHA256): string {
  const signed = `SAMLRequest=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}&RelayState=r&SigAlg=${encodeURIComponent(algorithm)}`;
  return `${signed}&Signature=${encodeURIComponent(createSign('RSA-SHA256').update(signed).sign(key, 'base64'))}`;
}

async function byRedirect(text: string): Promise<Outcome> {
  const answer = await world.stranger().fetch(`/saml/ashworth/slo?${text}`);
  return { status: answer.status, body: await answer.text(), signedIn: false, cookie: undefined, location: answer.headers.get('location') };
}

function byPost(xml: string): Promise<Outcome> {
  return post(world, 'ashworth', [['SAMLRequest', Buffer.from(xml).toString('base64')], ['RelayState', 'r']], undefined, 'slo');
}

async function signInLeaver(): Promise<Visitor> {
  const attempt = await begin(world);
  const outcome = await post(world, 'ashworth', fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }, { nameId: nameId(NAME) })), attempt.cookie);
  return new Visitor(world.baseUrl, outcome.cookie);
}

async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.ask<{ me: object | null }>('{ me { id } }')).me !== null;
}

describe('an agency ends the sessions of its person', () => {
  it('by a signed redirect, and gets a signed answer', async () => {
    const leaver = await signInLeaver();
    const outcome = await byRedirect(query(logoutRequest()));
    expect(outcome.status).toBe(303);
    expect(outcome.location).toMatch(/^http:\/\/localhost:8091\/slo\?SAMLResponse=.*&Signature=/);
    expect(await isSignedIn(leaver)).toBe(false);
  });

  it('by a signed post', async () => {
    const leaver = await signInLeaver();
    expect((await byPost(sign(logoutRequest(), 'LogoutRequest', ASHWORTH))).status).toBe(303);
    expect(await isSignedIn(leaver)).toBe(false);
  });

  it('but of nobody else', async () => {
    const leaver = await signInLeaver();
    expect((await byRedirect(query(logoutRequest({ name: nameId('somebody-else') })))).status).toBe(303);
    expect(await isSignedIn(leaver)).toBe(true);
  });
});

describe('attacks by logout messages', () => {
  const attacks: readonly (readonly [name: string, reason: string, send: () => Promise<Outcome>])[] = [
    ['unsigned redirect', 'unsigned', () => byRedirect(query(logoutRequest()).replace(/&Signature=.*/, ''))],
    ['unsigned post', 'unsigned', () => byPost(logoutRequest())],
    ['redirect signed by another agency', 'bad-signature', () => byRedirect(query(logoutRequest(), keyOf('northmoor-police')))],
    ['post signed by another agency', 'bad-signature', () => byPost(sign(logoutRequest(), 'LogoutRequest', keyOf('northmoor-police')))],
    ['redirect with SHA-1 claimed', 'forbidden-algorithm', () => byRedirect(query(logoutRequest(), ASHWORTH, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'))],
    ['post with SHA-1', 'forbidden-algorithm', () => byPost(sign(logoutRequest(), 'LogoutRequest', ASHWORTH, { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }))],
    ['redirect with the message twice', 'malformed-form', () => byRedirect(`SAMLRequest=x&${query(logoutRequest())}`)],
    ['redirect with a response smuggled in', 'malformed-form', () => byRedirect(`${query(logoutRequest())}&SAMLResponse=x`)],
    ['redirect with the RelayState changed', 'bad-signature', () => byRedirect(query(logoutRequest()).replace('RelayState=r', 'RelayState=s'))],
    ['redirect that inflates to a megabyte', 'not-base64', () => byRedirect(query(logoutRequest({ more: ' '.repeat(1_000_000) })))],
    ['wrong issuer', 'wrong-issuer', () => byRedirect(query(logoutRequest({ issuer: idpOf('northmoor-police') })))],
    ['wrong destination', 'wrong-destination', () => byRedirect(query(logoutRequest({ destination: `${world.baseUrl}/saml/northmoor-police/slo` })))],
    ['an hour old', 'wrong-time', () => byRedirect(query(logoutRequest({ instant: at(-3600) })))],
    ['expired by its own word', 'wrong-time', () => byRedirect(query(logoutRequest({ more: ` NotOnOrAfter="${at(-120)}"` })))],
    ['no name', 'wrong-subject', () => byRedirect(query(logoutRequest({ name: '' })))],
    ['entity bomb', 'forbidden-markup', () => byRedirect(query(`<!DOCTYPE r [<!ENTITY a "b">]>${logoutRequest()}`))],
    ['nothing at all', 'malformed-form', () => byRedirect('')],
    ['a sign-in response on the way out', 'malformed-form', () => post(world, 'ashworth', [['SAMLResponse', 'PHgvPg==']], undefined, 'slo')],
    ['a logout request on the way in', 'no-pending-request', () => post(world, 'ashworth', [['SAMLRequest', Buffer.from(logoutRequest()).toString('base64')]], undefined)],
    ['a logout request as the response on the way in', 'unexpected-structure', async () => {
      const attempt = await begin(world);
      return post(world, 'ashworth', fieldsFor(attempt, sign(logoutRequest(), 'LogoutRequest', ASHWORTH)), attempt.cookie);
    }],
  ];

  it.each(attacks)('refuses: %s', async (_name, reason, send) => {
    const leaver = await signInLeaver();
    const before = await refusals(world);
    const outcome = await send();
    expect((await refusals(world)).slice(before.length)).toEqual([reason]);
    expect(outcome.status).toBe(403);
    expect(outcome.body).toBe(bland);
    expect(await isSignedIn(leaver)).toBe(true);
  });

  it('refuses a logout request sent again', async () => {
    const again = query(logoutRequest());
    expect((await byRedirect(again)).status).toBe(303);
    const leaver = await signInLeaver();
    expect((await byRedirect(again)).status).toBe(403);
    expect(await isSignedIn(leaver)).toBe(true);
  });
});
