import { randomUUID } from 'node:crypto';
import { attributesOf, nameIdOf } from './directory.js';
import type { IdpOptions } from './options.js';
import type { CheckedRequest } from './requests.js';
import type { ProviderSession } from './sessions.js';
import { signElement } from './signing.js';
import { ASSERTION, escape, PROTOCOL } from './xml.js';

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const REQUESTER = 'urn:oasis:names:tc:SAML:2.0:status:Requester';
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const VALID_MS = 5 * 60_000;

const newId = (): string => `_${randomUUID()}`;

/** The entityID of this provider. */
export function entityIdOf(options: IdpOptions): string {
  return `${options.baseUrl}/metadata`;
}

/** The answer to a sign-in: assertion signed, then the response around it signed too. */
export function signedResponse(options: IdpOptions, request: CheckedRequest, session: ProviderSession, now: Date): string {
  const issuer = `<saml:Issuer>${escape(entityIdOf(options))}</saml:Issuer>`;
  const envelope = `<samlp:Response xmlns:samlp="${PROTOCOL}" xmlns:saml="${ASSERTION}" ID="${newId()}" Version="2.0" IssueInstant="${now.toISOString()}" Destination="${escape(request.acsUrl)}" InResponseTo="${escape(request.id)}">${issuer}<samlp:Status><samlp:StatusCode Value="${SUCCESS}"/></samlp:Status>${assertion(options, request, session, now)}</samlp:Response>`;
  return signElement(signElement(envelope, 'Assertion', options), 'Response', options);
}

function assertion(options: IdpOptions, request: CheckedRequest, { person, index }: ProviderSession, now: Date): string {
  const until = new Date(now.getTime() + VALID_MS).toISOString();
  const entityId = entityIdOf(options);
  const provider = escape(options.serviceProvider.entityId);
  const attributes = Object.entries(attributesOf(person)).map(
    ([name, values]) => `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${escape(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  );
  return [
    `<saml:Assertion xmlns:saml="${ASSERTION}" ID="${newId()}" Version="2.0" IssueInstant="${now.toISOString()}"><saml:Issuer>${escape(entityId)}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="${PERSISTENT}" NameQualifier="${escape(entityId)}" SPNameQualifier="${provider}">${nameIdOf(entityId, person)}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="${BEARER}"><saml:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${escape(request.acsUrl)}" InResponseTo="${escape(request.id)}"/></saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions NotBefore="${new Date(now.getTime() - 5000).toISOString()}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${provider}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${now.toISOString()}" SessionIndex="${index}"><saml:AuthnContext><saml:AuthnContextClassRef>${PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion>`,
  ].join('');
}

/** The answer to a sign-out, for the HTTP-Redirect binding, which signs the query and not the XML. */
export function logoutResponse(options: IdpOptions, request: CheckedRequest, isOver: boolean, now: Date): string {
  return `<samlp:LogoutResponse xmlns:samlp="${PROTOCOL}" xmlns:saml="${ASSERTION}" ID="${newId()}" Version="2.0" IssueInstant="${now.toISOString()}" Destination="${escape(options.serviceProvider.entityId)}/slo" InResponseTo="${escape(request.id)}"><saml:Issuer>${escape(entityIdOf(options))}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${isOver ? SUCCESS : REQUESTER}"/></samlp:Status></samlp:LogoutResponse>`;
}

/** The description of this provider that an agency's administrator hands over. */
export function metadata(options: IdpOptions): string {
  const certificate = options.certificate.replace(/-----[^-]+-----|\s/g, '');
  return `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${escape(entityIdOf(options))}">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="${PROTOCOL}">
    <md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleLogoutService Binding="${REDIRECT}" Location="${escape(options.baseUrl)}/slo"/>
    <md:NameIDFormat>${PERSISTENT}</md:NameIDFormat>
    <md:SingleSignOnService Binding="${REDIRECT}" Location="${escape(options.baseUrl)}/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
}
