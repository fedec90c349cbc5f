import type { AuthnRequest } from './authn-request.js';
import { persistentName, type DirectoryPerson, type Settings } from './settings.js';
import { sign } from './sign.js';
import { escape, instant, newId } from './xml.js';

const LIFE_SECONDS = 240;

/** The signed Response with its signed Assertion that answers one request, for one person (SAML profiles section 4.1.4.2). */
export function respond(settings: Settings, request: AuthnRequest, person: DirectoryPerson): string {
  const signed = sign(response(settings, request, assertion(settings, request, person)), 'Assertion', settings);
  return sign(signed, 'Response', settings);
}

function response({ entityId }: Settings, { id, acsUrl }: AuthnRequest, inner: string): string {
  return (
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}"` +
    ` Version="2.0" IssueInstant="${instant()}" Destination="${escape(acsUrl)}" InResponseTo="${escape(id)}">` +
    `<saml:Issuer>${escape(entityId)}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${inner}</samlp:Response>`
  );
}

function assertion(settings: Settings, request: AuthnRequest, person: DirectoryPerson): string {
  const until = instant(LIFE_SECONDS);
  const name = persistentName(settings, person.username);
  return (
    `<saml:Assertion ID="${newId()}" Version="2.0" IssueInstant="${instant()}"><saml:Issuer>${escape(settings.entityId)}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${name}</saml:NameID>` +
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">` +
    `<saml:SubjectConfirmationData InResponseTo="${escape(request.id)}" NotOnOrAfter="${until}" Recipient="${escape(request.acsUrl)}"/>` +
    `</saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${instant(-30)}" NotOnOrAfter="${until}">` +
    `<saml:AudienceRestriction><saml:Audience>${escape(request.issuer)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AuthnStatement AuthnInstant="${instant()}" SessionIndex="${newId()}"><saml:AuthnContext>` +
    `<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef>` +
    `</saml:AuthnContext></saml:AuthnStatement>${attributes(person)}</saml:Assertion>`
  );
}

function attributes({ givenName, surname, initials, mail, roles }: DirectoryPerson): string {
  const values: readonly (readonly [string, readonly string[]])[] = [
    ['displayName', [`${givenName} ${surname}`]],
    ['givenName', [givenName]],
    ['sn', [surname]],
    ['initials', [initials]],
    ['mail', [mail]],
    ['roles', roles],
  ];
  const one = ([name, texts]: readonly [string, readonly string[]]): string =>
    `<saml:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">` +
    `${texts.map((text) => `<saml:AttributeValue>${escape(text)}</saml:AttributeValue>`).join('')}</saml:Attribute>`;
  return `<saml:AttributeStatement>${values.map(one).join('')}</saml:AttributeStatement>`;
}
