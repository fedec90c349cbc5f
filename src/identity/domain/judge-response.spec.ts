import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { must } from '../../../libs/kernel/index.js';
import { judgeResponse, type Expected } from './judge-response.js';
import { BEARER, NS, PERSISTENT, SUCCESS } from './saml-names.js';
import { CONTEXT, IDP, NOW, RESPONSE, responseWith, SP } from './saml-response.builder.js';

const EXPECTED: Expected = { idpEntityId: IDP, spEntityId: SP, acsUrl: `${SP}/acs`, authnContexts: [CONTEXT], now: NOW };
const at = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString();
const ISSUED = `IssueInstant="${at(0)}"`;
const RECIPIENT = `Recipient="${SP}/acs"`;
const DATA = `<a:SubjectConfirmationData ${RECIPIENT} NotOnOrAfter="${at(60)}" InResponseTo="_request"/>`;
const AUDIENCE = `<a:Audience>${SP}</a:Audience>`;

describe('a response', () => {
  it('is believed when it is for us, now, and by this agency', () => {
    const { attributes, ...statement } = must(judgeResponse(responseWith(), EXPECTED));
    expect(statement).toEqual({
      requestId: '_request', assertionId: '_assertion', expiresAt: new Date(at(120)), nameId: 'amira', sessionIndex: '_session', sessionEndsAt: new Date(at(3600)),
    });
    expect([...attributes]).toEqual([['roles', ['fire-officer']]]);
  });

  it('keeps the qualifiers of the name, by which alone the agency may know it again', () => {
    const { nameQualifier, spNameQualifier } = must(judgeResponse(responseWith('<a:NameID ', '<a:NameID NameQualifier="q" SPNameQualifier="s" '), EXPECTED));
    expect({ nameQualifier, spNameQualifier }).toEqual({ nameQualifier: 'q', spNameQualifier: 's' });
  });

  it.each([
    ['of another version', 'ID="_response" Version="2.0"', 'ID="_response" Version="1.1"', 'wrong-version'],
    ['whose assertion is of another version', 'ID="_assertion" Version="2.0"', 'ID="_assertion" Version="1.1"', 'wrong-version'],
    ['of another agency', `>${IDP}<`, '>https://idp.wexcombe.example<', 'wrong-issuer'],
    ['whose issuer has space about it', `>${IDP}<`, `> ${IDP}<`, 'wrong-issuer'],
    ['whose issuer is no entity', '<a:Issuer>', `<a:Issuer Format="${PERSISTENT}">`, 'wrong-issuer'],
    ['that is no success', SUCCESS, 'urn:oasis:names:tc:SAML:2.0:status:Responder', 'not-success'],
    ['that is a success with a but', `<p:StatusCode Value="${SUCCESS}"/>`, `<p:StatusCode Value="${SUCCESS}"><p:StatusCode Value="urn:x"/></p:StatusCode>`, 'not-success'],
    ['sent somewhere else', 'Destination="https://concordat', 'Destination="https://elsewhere', 'wrong-destination'],
    ['that says where under a namespace of its own', ' Destination="', ' xmlns:x="urn:x" x:Destination="', 'wrong-destination'],
    ['from the future', ISSUED, `IssueInstant="${at(31)}"`, 'wrong-time'],
    ['from too long ago', ISSUED, `IssueInstant="${at(-331)}"`, 'wrong-time'],
    ['that does not say when', ISSUED, '', 'wrong-time'],
    ['about nobody', `<a:NameID Format="${PERSISTENT}">amira</a:NameID>`, '', 'wrong-subject'],
    ['about somebody for this once', PERSISTENT, 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient', 'wrong-subject'],
    ['about a name cut short by markup', '>amira<', '>amira<b/>.evil<', 'wrong-subject'],
    ['about a name with space about it', '>amira<', '>amira <', 'wrong-subject'],
    ['about a name that reads otherwise than it is', '>amira<', '>am\u202eira<', 'wrong-subject'],
    ['about a name without end', '>amira<', `>${'a'.repeat(257)}<`, 'wrong-subject'],
    ['about somebody and something more', '<a:Subject>', '<a:Subject><a:BaseID/>', 'wrong-subject'],
    ['confirmed for another name', '<a:SubjectConfirmationData', `<a:NameID Format="${PERSISTENT}">evil</a:NameID><a:SubjectConfirmationData`, 'wrong-subject'],
    ['confirmed with more than was asked', DATA, DATA.replace('/>', '><a:Key/></a:SubjectConfirmationData>'), 'wrong-subject'],
    ['confirmed by a key', BEARER, 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key', 'wrong-subject'],
    ['confirmed twice', '</a:SubjectConfirmation>', `</a:SubjectConfirmation><a:SubjectConfirmation Method="${BEARER}">${DATA}</a:SubjectConfirmation>`, 'wrong-subject'],
    ['confirmed without saying for whom', DATA, '', 'wrong-subject'],
    ['for another recipient', RECIPIENT, 'Recipient="https://concordat.example/saml/wexcombe/acs"', 'wrong-recipient'],
    ['to be used later', DATA, DATA.replace('/>', ` NotBefore="${at(10)}"/>`), 'wrong-time'],
    ['to be used once and over', `NotOnOrAfter="${at(60)}"`, `NotOnOrAfter="${at(-31)}"`, 'wrong-time'],
    ['nobody asked for', ' InResponseTo="_request"', '', 'wrong-request'],
    ['to an empty request', 'InResponseTo="_request"', 'InResponseTo=""', 'wrong-request'],
    ['whose assertion is for another request', `InResponseTo="_request"/>`, `InResponseTo="_other"/>`, 'wrong-request'],
    ['without conditions', /<a:Conditions.*<\/a:Conditions>/.exec(RESPONSE)?.[0] ?? '', '', 'wrong-conditions'],
    ['with a condition nobody knows', '</a:Conditions>', '<a:Condition/></a:Conditions>', 'wrong-conditions'],
    ['with a condition of another namespace', '</a:Conditions>', '<x:OneTimeUse xmlns:x="urn:x"/></a:Conditions>', 'wrong-conditions'],
    ['not yet good', `NotBefore="${at(-5)}"`, `NotBefore="${at(31)}"`, 'wrong-time'],
    ['no longer good', `NotOnOrAfter="${at(120)}"`, `NotOnOrAfter="${at(-31)}"`, 'wrong-time'],
    ['good for ever', ` NotOnOrAfter="${at(120)}"`, '', 'wrong-time'],
    ['for another audience', AUDIENCE, '<a:Audience>https://elsewhere.example</a:Audience>', 'wrong-audience'],
    ['for us among others', AUDIENCE, `${AUDIENCE}<a:Audience>https://elsewhere.example</a:Audience>`, 'wrong-audience'],
    ['for us and for something unknown', AUDIENCE, `${AUDIENCE}<a:Other/>`, 'wrong-audience'],
    ['for whoever finds it', AUDIENCE, '', 'wrong-audience'],
    ['of somebody who signed in too weakly', CONTEXT, 'urn:oasis:names:tc:SAML:2.0:ac:classes:PreviousSession', 'wrong-authentication'],
    ['of somebody who is yet to sign in', `AuthnInstant="${at(-2)}"`, `AuthnInstant="${at(31)}"`, 'wrong-time'],
    ['of a session that is over', `SessionNotOnOrAfter="${at(3600)}"`, `SessionNotOnOrAfter="${at(-31)}"`, 'wrong-time'],
    ['with attributes two readers could read differently', '<a:AttributeStatement>', '<a:AttributeStatement><a:Attribute Name="roles"/>', 'bad-attributes'],
    ['without an assertion', 'a:Assertion', 'a:Advice', 'unexpected-structure'],
  ])('%s is refused', (_, from, to, code) => {
    expect(judgeResponse(responseWith(from, to), EXPECTED)).toMatchObject({ ok: false, error: code });
  });

  it('is remembered for as long as either of its ends could still let it in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }), (subject, conditions) => {
        const text = RESPONSE.replace(`NotOnOrAfter="${at(60)}"`, `NotOnOrAfter="${at(subject)}"`).replace(`NotOnOrAfter="${at(120)}"`, `NotOnOrAfter="${at(conditions)}"`);
        const { expiresAt } = must(judgeResponse(responseWith(RESPONSE, text), EXPECTED));
        expect(expiresAt).toEqual(new Date(at(Math.max(subject, conditions))));
      }),
    );
  });

  it('without any one of the elements it needs is refused', () => {
    for (const name of ['Issuer', 'Status', 'StatusCode', 'Subject', 'NameID', 'SubjectConfirmation', 'SubjectConfirmationData', 'Conditions', 'AudienceRestriction', 'Audience', 'AuthnStatement', 'AuthnContext', 'AuthnContextClassRef']) {
      const renamed = RESPONSE.replaceAll(new RegExp(`(</?)[ap]:${name}(?=[ />])`, 'g'), `$1x:Other`).replace('<p:Response ', '<p:Response xmlns:x="urn:x" ');
      expect({ name, ok: judgeResponse(responseWith(RESPONSE, renamed), EXPECTED).ok }).toEqual({ name, ok: false });
    }
  });

  it('counts nothing of another namespace', () => {
    const renamed = RESPONSE.replace(`xmlns:a="${NS.assertion}"`, 'xmlns:a="urn:x"');
    expect(judgeResponse(responseWith(RESPONSE, renamed), EXPECTED).ok).toBe(false);
  });
});
