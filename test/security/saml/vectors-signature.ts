import { fieldsFor } from './attempt.js';
import { goodParts, renderAssertion, renderResponse, VICTIM } from './message.js';
import { ENVELOPED, sign, signedResponse } from './sign.js';
import { ASHWORTH, partsVector, textVector, xmlVector, type Vector } from './vector.js';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const INCLUSIVE = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const both = (method: object): object => ({ assertion: method, response: method });

/** Signatures that are missing, weak, over something else, or made with what everybody knows. */
export const SIGNATURE_ATTACKS: readonly Vector[] = [
  partsVector('nothing signed', 'unsigned', () => ({}), { assertion: false, response: false }),
  partsVector('response not signed', 'unsigned', () => ({}), { response: false }),
  partsVector('assertion not signed', 'unsigned', () => ({}), { assertion: false }),
  textVector('response signature stripped', 'unsigned', (xml) => xml.replace(/<ds:Signature.*?<\/ds:Signature>/s, '')),
  partsVector('SHA-1 signature', 'forbidden-algorithm', () => ({}), both({ signature: `${DS}rsa-sha1` })),
  partsVector('SHA-1 digest', 'forbidden-algorithm', () => ({}), both({ digest: `${DS}sha1` })),
  partsVector('HMAC with the public certificate as its secret', 'forbidden-algorithm', () => ({}), both({ signature: `${DS}hmac-sha1`, hmac: true })),
  partsVector('inclusive canonicalisation', 'forbidden-algorithm', () => ({}), both({ canonicalisation: INCLUSIVE })),
  partsVector('canonicalisation with comments', 'forbidden-algorithm', () => ({}), both({ canonicalisation: `${EXCLUSIVE}WithComments` })),
  partsVector('transform with comments', 'forbidden-algorithm', () => ({}), both({ transforms: [ENVELOPED, `${EXCLUSIVE}WithComments`] })),
  partsVector('a third transform', 'forbidden-algorithm', () => ({}), both({ transforms: [ENVELOPED, EXCLUSIVE, EXCLUSIVE] })),
  partsVector('one transform only', 'forbidden-algorithm', () => ({}), both({ transforms: [ENVELOPED] })),
  textVector('XSLT transform', 'forbidden-algorithm', (xml) => xml.replaceAll(`Transform Algorithm="${EXCLUSIVE}"`, 'Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"')),
  textVector('XPath transform', 'forbidden-algorithm', (xml) => xml.replaceAll(`Transform Algorithm="${EXCLUSIVE}"`, 'Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"')),
  textVector('unknown signature method', 'forbidden-algorithm', (xml) => xml.replaceAll('xmldsig-more#rsa-sha256', 'xmldsig-more#rsa-sha999')),
  textVector('HMAC output length of one bit', 'forbidden-algorithm', (xml) => xml.replace(/(<ds:SignatureMethod [^>]*)\/>/, '$1><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>')),
  textVector('changed name', 'library-refused', (xml) => xml.replace(VICTIM, 'another')),
  textVector('changed role', 'library-refused', (xml) => xml.replace('environmental-health-officer', 'service-manager')),
  textVector('changed digest', 'library-refused', (xml) => xml.replace(/(<ds:DigestValue>)(.)/, (_, tag: string, first: string) => tag + (first === 'A' ? 'B' : 'A'))),
  textVector('empty signature value', 'library-refused', (xml) => xml.replace(/<ds:SignatureValue>[^<]+/, '<ds:SignatureValue>')),
  textVector('reference to nothing', 'unexpected-structure', (xml) => xml.replaceAll(/URI="#[^"]+"/g, 'URI=""')),
  textVector('reference to another element', 'unexpected-structure', (xml) => xml.replace(/URI="#[^"]+"/, 'URI="#_other"')),
  textVector('reference to an address', 'unexpected-structure', (xml) => xml.replace(/URI="#[^"]+"/, 'URI="http://evil.example/x"')),
  textVector('reference by XPointer', 'unexpected-structure', (xml) => xml.replace(/URI="#([^"]+)"/, `URI="#xpointer(id('$1'))"`)),
  textVector('two references', 'unexpected-structure', (xml) => xml.replace(/(<ds:Reference .*?<\/ds:Reference>)/s, '$1$1')),
  textVector('two signatures on the response', 'unexpected-structure', (xml) => xml.replace(/(<ds:Signature .*?<\/ds:Signature>)/s, '$1$1')),
  textVector('key by retrieval method', 'unexpected-structure', (xml) => xml.replace(/<ds:KeyInfo>.*?<\/ds:KeyInfo>/s, '<ds:KeyInfo><ds:RetrievalMethod URI="http://evil.example/key"/></ds:KeyInfo>')),
  xmlVector('one id for response and assertion', 'duplicate-id', (attempt) => {
    const { responseId } = goodParts(attempt);
    return signedResponse(attempt, { key: ASHWORTH, response: false }, { responseId, assertionId: responseId });
  }),
  xmlVector('id that would break out of an XPath', 'unexpected-structure', (attempt) => {
    const parts = { ...goodParts(attempt), assertionId: `_a' or '1'='1` };
    const broken = sign(renderAssertion({ ...parts, assertionId: '_a' }), 'Assertion', ASHWORTH).replaceAll('_a"', `_a' or '1'='1"`);
    return sign(renderResponse(parts, broken), 'Response', ASHWORTH);
  }),
  partsVector('encrypted junk beside the assertion', 'encrypted', () => ({ afterAssertion: '<saml:EncryptedAssertion>junk</saml:EncryptedAssertion>' })),
  xmlVector('encrypted junk in the place of the assertion', 'encrypted', (attempt) => sign(renderResponse(goodParts(attempt), '<saml:EncryptedAssertion>junk</saml:EncryptedAssertion>'), 'Response', ASHWORTH)),
  xmlVector('no assertion', 'unexpected-structure', (attempt) => sign(renderResponse(goodParts(attempt), ''), 'Response', ASHWORTH)),
  xmlVector('bare assertion', 'unexpected-structure', (attempt) => sign(renderAssertion(goodParts(attempt)), 'Assertion', ASHWORTH)),
  xmlVector('assertion in the namespace of SAML 1', 'unexpected-structure', (attempt) => signedResponse(attempt, { key: ASHWORTH }).replaceAll('urn:oasis:names:tc:SAML:2.0:assertion', 'urn:oasis:names:tc:SAML:1.0:assertion')),
  { name: 'SAMLResponse twice', reason: 'malformed-form', make: (attempt) => {
    const fields = fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }));
    return [...fields, ...fields.slice(0, 1)];
  } },
  { name: 'RelayState twice', reason: 'no-pending-request', make: (attempt) => {
    const fields = fieldsFor(attempt, signedResponse(attempt, { key: ASHWORTH }));
    return [...fields, ...fields.slice(1)];
  } },
];
