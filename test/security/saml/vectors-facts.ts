import { idpOf } from './attempt.js';
import { at, attribute, authentication, conditions, confirmation, GOOD_ATTRIBUTES, nameId, PASSWORD_CONTEXT, statement } from './message.js';
import { keyOf } from './sign.js';
import { partsVector, type Vector } from './vector.js';

const status = (code: string, inner = ''): string => `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${code}">${inner}</samlp:StatusCode></samlp:Status>`;

/** Rightly signed, wrongly meant: for another audience, address, time, request or by another issuer. */
export const ENVELOPE_ATTACKS: readonly Vector[] = [
  partsVector('response of SAML 1.1', 'wrong-version', () => ({ responseVersion: '1.1' })),
  partsVector('assertion of SAML 1.1', 'wrong-version', () => ({ assertionVersion: '1.1' })),
  partsVector('response issued by another identity provider', 'wrong-issuer', () => ({ responseIssuer: '<saml:Issuer>https://evil.example/idp</saml:Issuer>' })),
  partsVector('assertion issued by another identity provider', 'wrong-issuer', () => ({ assertionIssuer: '<saml:Issuer>https://evil.example/idp</saml:Issuer>' })),
  partsVector('issuer that ours is a prefix of', 'wrong-issuer', ({ idp }) => ({ assertionIssuer: `<saml:Issuer>${idp}.evil.example</saml:Issuer>` })),
  partsVector('issuer with white space around it', 'wrong-issuer', ({ idp }) => ({ responseIssuer: `<saml:Issuer> ${idp} </saml:Issuer>` })),
  partsVector('issuer named as an e-mail address', 'wrong-issuer', ({ idp }) => ({ responseIssuer: `<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${idp}</saml:Issuer>` })),
  partsVector('no success', 'not-success', () => ({ status: status('Responder') })),
  partsVector('success with a failure inside', 'not-success', () => ({ status: status('Success', '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/>') })),
  partsVector('success in another letter case', 'not-success', () => ({ status: status('success') })),
  partsVector('two statuses', 'not-success', () => ({ status: status('Responder') + status('Success') })),
  partsVector('no status', 'not-success', () => ({ status: '' })),
  partsVector('destination of another service', 'wrong-destination', () => ({ destination: 'https://other.example/acs' })),
  partsVector('destination of another agency here', 'wrong-destination', ({ acs }) => ({ destination: acs.replace('ashworth', 'northmoor-police') })),
  partsVector('destination that only starts like ours', 'wrong-destination', ({ acs }) => ({ destination: `${acs}/more` })),
  partsVector('empty destination', 'wrong-destination', () => ({ destination: '' })),
  partsVector('response issued an hour ago', 'wrong-time', () => ({ responseInstant: at(-3600) })),
  partsVector('response issued in an hour', 'wrong-time', () => ({ responseInstant: at(3600) })),
  partsVector('response issued at no time', 'wrong-time', () => ({ responseInstant: 'yesterday' })),
  partsVector('no InResponseTo', 'library-refused', () => ({ inResponseTo: undefined })),
  partsVector('InResponseTo of a request nobody made', 'library-refused', () => ({ inResponseTo: '_0123456789abcdef' })),
  partsVector('empty InResponseTo', 'library-refused', () => ({ inResponseTo: '' })),
];

export const SUBJECT_ATTACKS: readonly Vector[] = [
  partsVector('recipient of another service', 'wrong-recipient', ({ requestId }) => ({ confirmationAttributes: confirmation('https://other.example/acs', requestId) })),
  partsVector('no recipient', 'wrong-recipient', ({ requestId }) => ({ confirmationAttributes: `InResponseTo="${requestId}" NotOnOrAfter="${at(240)}"` })),
  partsVector('confirmation expired', 'library-refused', ({ acs, requestId }) => ({ confirmationAttributes: confirmation(acs, requestId, at(-120)) })),
  partsVector('confirmation without an end', 'library-refused', ({ acs, requestId }) => ({ confirmationAttributes: `InResponseTo="${requestId}" Recipient="${acs}"` })),
  partsVector('confirmation that begins later', 'library-refused', ({ acs, requestId }) => ({ confirmationAttributes: `${confirmation(acs, requestId)} NotBefore="${at(120)}"` })),
  partsVector('confirmation with a beginning', 'wrong-time', ({ acs, requestId }) => ({ confirmationAttributes: `${confirmation(acs, requestId)} NotBefore="${at(-120)}"` })),
  partsVector('confirmation of another request', 'library-refused', ({ acs }) => ({ confirmationAttributes: confirmation(acs, '_another') })),
  partsVector('confirmation of no request', 'wrong-request', ({ acs }) => ({ confirmationAttributes: `NotOnOrAfter="${at(240)}" Recipient="${acs}"` })),
  partsVector('holder-of-key confirmation', 'wrong-subject', () => ({ method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' })),
  partsVector('sender-vouches confirmation', 'wrong-subject', () => ({ method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' })),
  partsVector('two confirmations', 'wrong-subject', ({ acs, requestId }) => ({
    afterConfirmation: `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData ${confirmation(acs, requestId)}/></saml:SubjectConfirmation>`,
  })),
  partsVector('no name', 'wrong-subject', () => ({ nameId: '' })),
  partsVector('two names', 'wrong-subject', () => ({ nameId: nameId('victim-0001') + nameId('attacker') })),
  partsVector('empty name', 'wrong-subject', () => ({ nameId: nameId('') })),
  partsVector('transient name', 'wrong-subject', () => ({ nameId: nameId('_t', 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient') })),
  partsVector('e-mail address as name', 'wrong-subject', () => ({ nameId: nameId('amira.rahman@ashworth.example', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress') })),
  partsVector('name of 300 letters', 'wrong-subject', () => ({ nameId: nameId('v'.repeat(300)) })),
  partsVector('name with an element in it', 'wrong-subject', () => ({ nameId: nameId('victim<saml:x/>-0001') })),
  partsVector('name with invisible characters', 'wrong-subject', () => ({ nameId: nameId('victim\u200b-0001') })),
  ...['NameQualifier', 'SPNameQualifier'].map((one) => partsVector(`${one} of 2,000 letters`, 'wrong-subject', () => ({ nameId: nameId('victim-0001').replace('<saml:NameID', `<saml:NameID ${one}="${'q'.repeat(2_000)}"`) }))),
  partsVector('name padded with spaces', 'wrong-subject', () => ({ nameId: nameId(' victim-0001 ') })),
];

export const CONDITION_ATTACKS: readonly Vector[] = [
  partsVector('audience of another service', 'library-refused', () => ({ conditions: conditions('https://other.example/sp') })),
  partsVector('audience of another agency here', 'library-refused', ({ sp }) => ({ conditions: conditions(sp.replace('ashworth', 'northmoor-police')) })),
  partsVector('audience that only starts like ours', 'library-refused', ({ sp }) => ({ conditions: conditions(`${sp}-two`) })),
  partsVector('no audience restriction', 'library-refused', () => ({ conditions: `<saml:Conditions NotBefore="${at(-30)}" NotOnOrAfter="${at(240)}"/>` })),
  partsVector('audience of us and of another', 'wrong-audience', ({ sp }) => ({ conditions: conditions(`${sp}</saml:Audience><saml:Audience>https://other.example/sp`) })),
  partsVector('two audience restrictions', 'wrong-audience', ({ sp }) => ({
    conditions: conditions(`${sp}</saml:Audience></saml:AudienceRestriction><saml:AudienceRestriction><saml:Audience>${sp}`),
  })),
  partsVector('no conditions', 'library-refused', () => ({ conditions: '' })),
  partsVector('two conditions', 'library-refused', ({ sp }) => ({ conditions: conditions(sp) + conditions(sp) })),
  partsVector('condition nobody knows', 'wrong-conditions', ({ sp }) => ({ conditions: conditions(sp).replace('</saml:Conditions>', '<saml:Condition/></saml:Conditions>') })),
  partsVector('assertion expired', 'library-refused', ({ sp }) => ({ conditions: conditions(sp, at(-600), at(-120)) })),
  partsVector('assertion not yet valid', 'library-refused', ({ sp }) => ({ conditions: conditions(sp, at(120), at(600)) })),
  partsVector('assertion without an end', 'library-refused', ({ sp }) => ({ conditions: conditions(sp).replace(/ NotOnOrAfter="[^"]+"/, '') })),
  partsVector('assertion issued an hour ago, valid for a day', 'library-refused', ({ sp }) => ({ assertionInstant: at(-3600), conditions: conditions(sp, at(-3600), at(86_400)) })),
  partsVector('assertion issued in an hour', 'wrong-time', () => ({ assertionInstant: at(3600) })),
  partsVector('time zone instead of UTC', 'wrong-time', () => ({ assertionInstant: at(0).replace('Z', '+00:00') })),
  partsVector('no authentication statement', 'wrong-authentication', () => ({ authentication: '' })),
  partsVector('two authentication statements', 'wrong-authentication', () => ({ authentication: authentication() + authentication() })),
  partsVector('authentication outside the agreed list', 'wrong-authentication', () => ({ authentication: authentication('urn:oasis:names:tc:SAML:2.0:ac:classes:PreviousSession') })),
  partsVector('unspecified authentication', 'wrong-authentication', () => ({ authentication: authentication('urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified') })),
  partsVector('session that has ended already', 'wrong-time', () => ({ authentication: authentication(PASSWORD_CONTEXT, at(-3600), ` SessionNotOnOrAfter="${at(-120)}"`) })),
  partsVector('authentication in the future', 'wrong-time', () => ({ authentication: authentication(PASSWORD_CONTEXT, at(600)) })),
];

export const ATTRIBUTE_ATTACKS: readonly Vector[] = [
  partsVector('the same attribute twice', 'bad-attributes', () => ({ attributes: statement(...GOOD_ATTRIBUTES, attribute('roles', 'auditor')) })),
  partsVector('two attribute statements', 'bad-attributes', () => ({ attributes: statement(...GOOD_ATTRIBUTES) + statement(attribute('roles', 'auditor')) })),
  partsVector('attribute value with elements', 'bad-attributes', () => ({ attributes: statement(...GOOD_ATTRIBUTES, attribute('x', '<saml:b/>')) })),
  partsVector('no attributes', 'bad-attributes', () => ({ attributes: '' })),
  partsVector('a role the agency may not give', 'no-role', () => ({ attributes: statement(attribute('displayName', 'Vera'), attribute('roles', 'auditor')) })),
  partsVector('a role nobody knows', 'no-role', () => ({ attributes: statement(attribute('displayName', 'Vera'), attribute('roles', 'root', '__proto__')) })),
  partsVector('no role', 'no-role', () => ({ attributes: statement(attribute('displayName', 'Vera')) })),
  partsVector('name written from right to left', 'bad-attributes', () => ({ attributes: statement(attribute('displayName', 'Vera \u202eevil'), attribute('roles', 'environmental-health-officer')) })),
];

/** Signed by a key that counts for nothing here. */
export const STRANGER_ATTACKS: readonly Vector[] = [
  partsVector('signed by another agency, in our issuer’s name', 'library-refused', () => ({}), { key: keyOf('northmoor-police') }),
  partsVector('signed and issued by another agency', 'library-refused', () => ({
    responseIssuer: `<saml:Issuer>${idpOf('northmoor-police')}</saml:Issuer>`,
    assertionIssuer: `<saml:Issuer>${idpOf('northmoor-police')}</saml:Issuer>`,
  }), { key: keyOf('northmoor-police') }),
];
