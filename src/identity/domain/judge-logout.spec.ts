import { describe, expect, it } from '@jest/globals';
import { must } from '../../../libs/kernel/index.js';
import { judgeLogout, judgeLogoutResponse, type LogoutExpected } from './judge-logout.js';
import { IDP, NOW, SP } from './saml-response.builder.js';
import { NS, PERSISTENT, SUCCESS } from './saml-names.js';
import { parseXml, type XmlElement } from './xml-tree.js';

const EXPECTED: LogoutExpected = { idpEntityId: IDP, sloUrl: `${SP}/slo`, now: NOW };
const at = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString();
const HEAD = `xmlns:p="${NS.protocol}" xmlns:a="${NS.assertion}" ID="_message" Version="2.0" IssueInstant="${at(0)}" Destination="${SP}/slo"`;
const REQUEST = `<p:LogoutRequest ${HEAD} NotOnOrAfter="${at(60)}"><a:Issuer>${IDP}</a:Issuer><a:NameID Format="${PERSISTENT}">amira</a:NameID><p:SessionIndex>_session</p:SessionIndex></p:LogoutRequest>`;
const RESPONSE = `<p:LogoutResponse ${HEAD} InResponseTo="_request"><a:Issuer>${IDP}</a:Issuer><p:Status><p:StatusCode Value="${SUCCESS}"/></p:Status></p:LogoutResponse>`;

function changed(text: string, from: string, to: string): XmlElement {
  if (!text.includes(from)) throw new Error(`Nothing in the message reads ${from}`);
  return must(parseXml(from === '' ? text : text.replaceAll(from, () => to)));
}

const ENVELOPE = [
  ['of another version', 'Version="2.0"', 'Version="1.1"', 'wrong-version'],
  ['of another agency', `>${IDP}<`, '>https://idp.wexcombe.example<', 'wrong-issuer'],
  ['of nobody', `<a:Issuer>${IDP}</a:Issuer>`, '', 'wrong-issuer'],
  ['sent somewhere else', `${SP}/slo`, `${SP}/acs`, 'wrong-destination'],
  ['sent nowhere', ` Destination="${SP}/slo"`, '', 'wrong-destination'],
  ['from the future', `IssueInstant="${at(0)}"`, `IssueInstant="${at(31)}"`, 'wrong-time'],
  ['from too long ago', `IssueInstant="${at(0)}"`, `IssueInstant="${at(-331)}"`, 'wrong-time'],
  ['of another namespace', `xmlns:p="${NS.protocol}"`, 'xmlns:p="urn:x"', 'unexpected-structure'],
] as const;

describe('a logout request', () => {
  it('is believed when it is for us, now, and by this agency', () => {
    expect(must(judgeLogout(changed(REQUEST, '', ''), EXPECTED))).toEqual({ id: '_message', nameId: 'amira', sessionIndex: '_session', expiresAt: new Date(at(600)) });
  });

  it.each([
    ...ENVELOPE,
    ['that is an answer', 'p:LogoutRequest', 'p:LogoutResponse', 'unexpected-structure'],
    ['over by its own word', `NotOnOrAfter="${at(60)}"`, `NotOnOrAfter="${at(-31)}"`, 'wrong-time'],
    ['about nobody', '>amira<', '><', 'wrong-subject'],
    ['about a name for this once', PERSISTENT, 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient', 'wrong-subject'],
    ['that cannot be answered', 'ID="_message"', 'ID=""', 'wrong-subject'],
    ['about two sessions', '<p:SessionIndex>', '<p:SessionIndex>_other</p:SessionIndex><p:SessionIndex>', 'wrong-subject'],
  ] as const)('%s is refused', (_, from, to, code) => {
    expect(judgeLogout(changed(REQUEST, from, to), EXPECTED)).toMatchObject({ ok: false, error: code });
  });
});

describe('an answer to our logout request', () => {
  it('confirms when it is for us, now, by this agency, and a success', () => {
    expect(judgeLogoutResponse(changed(RESPONSE, '', ''), EXPECTED)).toEqual({ ok: true, value: { requestId: '_request', isConfirmed: true } });
  });

  it.each([
    ...ENVELOPE,
    ['that is a request', 'p:LogoutResponse', 'p:LogoutRequest', 'unexpected-structure'],
    ['to no request', ' InResponseTo="_request"', '', 'wrong-request'],
    ['to an empty request', '"_request"', '""', 'wrong-request'],
  ] as const)('%s is refused', (_, from, to, code) => {
    expect(judgeLogoutResponse(changed(RESPONSE, from, to), EXPECTED)).toMatchObject({ ok: false, error: code });
  });

  it.each([
    ['is a failure', SUCCESS, 'urn:oasis:names:tc:SAML:2.0:status:Responder'],
    ['is a success with a but', `<p:StatusCode Value="${SUCCESS}"/>`, `<p:StatusCode Value="${SUCCESS}"><p:StatusCode Value="urn:x"/></p:StatusCode>`],
    ['says nothing', /<p:Status>.*<\/p:Status>/.exec(RESPONSE)?.[0] ?? '', ''],
  ])('confirms nothing when it %s', (_, from, to) => {
    expect(judgeLogoutResponse(changed(RESPONSE, from, to), EXPECTED)).toEqual({ ok: true, value: { requestId: '_request', isConfirmed: false } });
  });
});
