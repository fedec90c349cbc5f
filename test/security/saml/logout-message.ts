import { createSign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { World } from '../../builders/world.js';
import { Visitor } from '../../builders/visitor.js';
import { begin, fieldsFor, idpOf, post, type Outcome } from './attempt.js';
import { at, nameId } from './message.js';
import { signedResponse, type Key } from './sign.js';
import { ASHWORTH } from './vector.js';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const SUCCESS = '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>';

/** Every part of a logout message that an attacker might change; each starts out right. */
export interface LogoutParts {
  issuer: string;
  destination: string;
  version: string;
  instant: string;
  id: string;
  /** Further attributes, with a space before each. */
  more: string;
  /** What follows the issuer. */
  inner: string;
}

/** An unsigned logout message of Ashworth's identity provider to us. */
export function logoutMessage(world: World, name: 'LogoutRequest' | 'LogoutResponse', change: Partial<LogoutParts>): string {
  const parts: LogoutParts = {
    issuer: idpOf('ashworth'), destination: `${world.baseUrl}/saml/ashworth/slo`, version: '2.0', instant: at(0), id: `_${crypto.randomUUID()}`, more: '', inner: '', ...change,
  };
  return (
    `<samlp:${name} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${parts.id}" Version="${parts.version}"` +
    ` IssueInstant="${parts.instant}" Destination="${parts.destination}"${parts.more}><saml:Issuer>${parts.issuer}</saml:Issuer>${parts.inner}</samlp:${name}>`
  );
}

/** A message as a signed query of the HTTP-Redirect binding. */
export function signedQuery(kind: 'SAMLRequest' | 'SAMLResponse', xml: string, relayState: string, { key }: Key = ASHWORTH, algorithm = RSA_SHA256): string {
  const signed = `${kind}=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}&RelayState=${encodeURIComponent(relayState)}&SigAlg=${encodeURIComponent(algorithm)}`;
  return `${signed}&Signature=${encodeURIComponent(createSign('RSA-SHA256').update(signed).sign(key, 'base64'))}`;
}

/** Brings a query to the logout address of an agency, with these cookies. */
export async function byRedirect(world: World, text: string, cookie?: string, agency = 'ashworth'): Promise<Outcome> {
  const answer = await new Visitor(world.baseUrl, cookie).fetch(`/saml/${agency}/slo?${text}`);
  return { status: answer.status, body: await answer.text(), signedIn: false, cookie: answer.headers.getSetCookie().join(), location: answer.headers.get('location') };
}

/** Signs somebody of this name in at Ashworth. */
export async function signInLeaver(world: World, name: string): Promise<Visitor> {
  const attempt = await begin(world);
  const outcome = await post(world, 'ashworth', fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }, { nameId: nameId(name) })), attempt.cookie);
  return new Visitor(world.baseUrl, outcome.cookie);
}

/** Whether the cookie of this visitor still opens a session. */
export async function isSignedIn(visitor: Visitor): Promise<boolean> {
  return (await visitor.ask<{ me: object | null }>('{ me { id } }')).me !== null;
}

/** Presses the button: signs out with the form of a page. */
export async function signOut(visitor: Visitor): Promise<Response> {
  const page = await (await visitor.fetch('/my-work')).text();
  return visitor.fetch('/sign-out', { method: 'POST', body: new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '' }) });
}
