import { must } from '../../../libs/kernel/index.js';
import { ALLOWED, BEARER, NS, PERSISTENT, SUCCESS } from './saml-names.js';
import { parseXml, type XmlElement } from './xml-tree.js';

/** What the response of the specs is about. */
export const NOW = new Date('2026-06-16T12:00:00.000Z');
export const SP = 'https://concordat.example/saml/ashworth';
export const IDP = 'https://idp.ashworth.example';
export const CONTEXT = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

const at = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString();

/** The signature over `id`, true in shape and in nothing else. */
export function signature(id: string): string {
  return `<ds:Signature xmlns:ds="${NS.signature}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${ALLOWED.canonicalisation}"/><ds:SignatureMethod Algorithm="${ALLOWED.signature[0]}"/><ds:Reference URI="#${id}"><ds:Transforms>${ALLOWED.transforms.map((transform) => `<ds:Transform Algorithm="${transform}"/>`).join('')}</ds:Transforms><ds:DigestMethod Algorithm="${ALLOWED.digest[0]}"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>`;
}

/** A response as an identity provider of ours gives it, as text, so that a spec can change what matters to it. */
export const RESPONSE = `<p:Response xmlns:p="${NS.protocol}" xmlns:a="${NS.assertion}" ID="_response" Version="2.0" IssueInstant="${at(0)}" Destination="${SP}/acs" InResponseTo="_request"><a:Issuer>${IDP}</a:Issuer>${signature('_response')}<p:Status><p:StatusCode Value="${SUCCESS}"/></p:Status><a:Assertion ID="_assertion" Version="2.0" IssueInstant="${at(-1)}"><a:Issuer>${IDP}</a:Issuer>${signature('_assertion')}<a:Subject><a:NameID Format="${PERSISTENT}">amira</a:NameID><a:SubjectConfirmation Method="${BEARER}"><a:SubjectConfirmationData Recipient="${SP}/acs" NotOnOrAfter="${at(60)}" InResponseTo="_request"/></a:SubjectConfirmation></a:Subject><a:Conditions NotBefore="${at(-5)}" NotOnOrAfter="${at(120)}"><a:AudienceRestriction><a:Audience>${SP}</a:Audience></a:AudienceRestriction></a:Conditions><a:AuthnStatement AuthnInstant="${at(-2)}" SessionIndex="_session" SessionNotOnOrAfter="${at(3600)}"><a:AuthnContext><a:AuthnContextClassRef>${CONTEXT}</a:AuthnContextClassRef></a:AuthnContext></a:AuthnStatement><a:AttributeStatement><a:Attribute Name="roles"><a:AttributeValue>fire-officer</a:AttributeValue></a:Attribute></a:AttributeStatement></a:Assertion></p:Response>`;

/**
 * The response with `from` replaced by `to` wherever it stands, as a tree.
 *
 * @throws when `from` is nowhere in it: the spec would then be about nothing.
 */
export function responseWith(from = '', to = ''): XmlElement {
  if (!RESPONSE.includes(from)) throw new Error(`Nothing in the response reads ${from}`);
  return must(parseXml(from === '' ? RESPONSE : RESPONSE.replaceAll(from, () => to)));
}
