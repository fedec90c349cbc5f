import { createRequire } from 'node:module';
import { createVerify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { endpoints, type Settings } from './settings.js';

/** What a service provider asks for. */
export interface AuthnRequest {
  readonly id: string;
  readonly issuer: string;
  readonly acsUrl: string;
  /** Opaque to us; goes back as it came. */
  readonly relayState: string;
}

/** The request cannot be answered; the message is a sentence for the person at the browser. */
export class RequestFault extends Error {}

interface DomElement {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  getElementsByTagNameNS(ns: string, name: string): ArrayLike<DomElement>;
}
interface Xmldom {
  readonly DOMParser: new (options: object) => { parseFromString(text: string, type: string): { documentElement: DomElement | null } };
}
const { DOMParser } = createRequire(import.meta.url)('@xmldom/xmldom') as Xmldom;

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';
const LIMIT = 64 * 1024;

/**
 * Reads an AuthnRequest by the HTTP-Redirect binding, out of the query as it was sent.
 *
 * @param spKeys - where to get the certificate of a service provider that signs; asked only when there is a signature.
 * @throws RequestFault when the request is not one we answer.
 */
export async function readRedirectRequest(query: string, settings: Settings, spKeys: (issuer: string) => Promise<string>): Promise<AuthnRequest> {
  const parameters = new URLSearchParams(query);
  const request = parse(inflate(parameters.get('SAMLRequest') ?? ''), parameters.get('RelayState') ?? '', settings);
  if (parameters.has('Signature')) checkQuery(query, parameters, await spKeys(request.issuer));
  return request;
}

/** Reads an AuthnRequest by the HTTP-POST binding. @throws RequestFault when the request is not one we answer. */
export function readPostedRequest(form: URLSearchParams, settings: Settings): AuthnRequest {
  return parse(Buffer.from(form.get('SAMLRequest') ?? '', 'base64').toString('utf8'), form.get('RelayState') ?? '', settings);
}

function parse(xml: string, relayState: string, settings: Settings): AuthnRequest {
  const root = document(xml);
  if (root?.localName !== 'AuthnRequest' || root.namespaceURI !== PROTOCOL) throw new RequestFault('This address needs a sign-in request from a portal.');
  const issuer = root.getElementsByTagNameNS(ASSERTION, 'Issuer')[0]?.textContent ?? '';
  const acsUrl = root.getAttribute('AssertionConsumerServiceURL') ?? '';
  if (!issuer.startsWith(settings.trustedPrefix)) throw new RequestFault('The portal that sent you here is not known to this agency.');
  // The answer carries a sign-in: it goes to the portal that asked and to nobody else, whatever the request says.
  if (acsUrl !== `${issuer}/acs`) throw new RequestFault('The request asks to send your sign-in to another address.');
  if (root.getAttribute('Destination') !== endpoints(settings).sso) throw new RequestFault('The request was meant for another sign-in service.');
  return { id: root.getAttribute('ID') ?? '', issuer, acsUrl, relayState };
}

function document(xml: string): DomElement | null {
  if (/<!/.test(xml)) throw new RequestFault('The sign-in request cannot be read.');
  const refuse = (): never => {
    throw new RequestFault('The sign-in request cannot be read.');
  };
  return new DOMParser({ errorHandler: { warning: refuse, error: refuse, fatalError: refuse } }).parseFromString(xml, 'text/xml').documentElement;
}

function inflate(base64: string): string {
  try {
    return inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: LIMIT }).toString('utf8');
  } catch {
    throw new RequestFault('This address needs a sign-in request from a portal.');
  }
}

function checkQuery(query: string, parameters: URLSearchParams, certificate: string): void {
  const raw = new Map(query.split('&').map((pair) => [pair.split('=')[0] ?? '', pair]));
  const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap((name) => raw.get(name) ?? []).join('&');
  const isSha256 = parameters.get('SigAlg') === 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
  const signature = Buffer.from(parameters.get('Signature') ?? '', 'base64');
  if (!isSha256 || !createVerify('RSA-SHA256').update(signed).verify(certificate, signature)) {
    throw new RequestFault('The signature of the sign-in request is wrong.');
  }
}
