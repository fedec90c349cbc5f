import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALLOWED } from './saml-names.js';
import { responseWith, signature } from './saml-response.builder.js';
import { checkIds, checkSignatureShape } from './scan-signatures.js';

describe('the ids of a message', () => {
  it('are believed when each is somebody\u2019s own', () => {
    expect(checkIds(responseWith())).toEqual({ ok: true, value: true });
  });

  it.each(['ID', 'Id', 'id', 'iD', 'AssertionID', 'ResponseID', 'requestid'])('are refused when another element claims one as %s', (name) => {
    expect(checkIds(responseWith('<a:Subject>', `<a:Subject ${name}="_assertion">`))).toMatchObject({ ok: false, error: 'duplicate-id' });
  });

  it('are refused when claimed under a namespace', () => {
    expect(checkIds(responseWith('<a:Subject>', '<a:Subject xmlns:x="urn:x" x:Id="_response">'))).toMatchObject({ ok: false, error: 'duplicate-id' });
  });
});

describe('the shape of a signature', () => {
  it.each(ALLOWED.signature)('may use %s', (algorithm) => {
    expect(checkSignatureShape(responseWith(ALLOWED.signature[0], algorithm))).toEqual({ ok: true, value: true });
  });

  it('may carry a certificate, which nobody reads', () => {
    const keyInfo = '</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data></ds:KeyInfo>';
    expect(checkSignatureShape(responseWith('</ds:SignatureValue>', keyInfo))).toEqual({ ok: true, value: true });
  });

  it.each([
    ['SHA-1', ALLOWED.signature[0], 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'],
    ['a key both sides would have to know', ALLOWED.signature[0], 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'],
    ['a digest of SHA-1', ALLOWED.digest[0], 'http://www.w3.org/2000/09/xmldsig#sha1'],
    ['canonical XML with comments', 'CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"', 'CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments"'],
    ['a transform by XSLT', ALLOWED.transforms[0], 'http://www.w3.org/TR/1999/REC-xslt-19991116'],
    ['no transform', /<ds:Transforms>.*?<\/ds:Transforms>/.exec(signature('_response'))?.[0] ?? '', '<ds:Transforms/>'],
    ['something beside what is signed', '</ds:SignedInfo>', '<ds:X/></ds:SignedInfo>'],
    ['something beside a digest', '</ds:Reference>', '<ds:X/></ds:Reference>'],
    ['a digest with a parameter', `<ds:DigestMethod Algorithm="${ALLOWED.digest[0]}"/>`, `<ds:DigestMethod Algorithm="${ALLOWED.digest[0]}"><ds:X/></ds:DigestMethod>`],
    ['a transform by another name', '<ds:Transform ', '<ds:Other '],
    ['a truncated HMAC', `<ds:SignatureMethod Algorithm="${ALLOWED.signature[0]}"/>`, `<ds:SignatureMethod Algorithm="${ALLOWED.signature[0]}"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>`],
  ])('may not use %s', (_, from, to) => {
    expect(checkSignatureShape(responseWith(from, to))).toMatchObject({ ok: false, error: 'forbidden-algorithm' });
  });

  it.each([
    ['the whole document by an empty reference', 'URI="#_response"', 'URI=""'],
    ['another element', 'URI="#_response"', 'URI="#_assertion"'],
    ['a file elsewhere', 'URI="#_response"', 'URI="https://evil.example/#_response"'],
    ['an XPointer', 'URI="#_response"', 'URI="#xpointer(id(\'_response\'))"'],
    ['two things', '</ds:Reference>', '</ds:Reference><ds:Reference URI="#_assertion"/>'],
    ['an object of its own', '</ds:SignatureValue>', '</ds:SignatureValue><ds:Object/>'],
    ['with a value that markup cuts', '<ds:SignatureValue>AAAA', '<ds:SignatureValue>AA<ds:X/>AA'],
    ['a second assertion in its key', '</ds:SignatureValue>', '</ds:SignatureValue><ds:KeyInfo><a:Assertion/></ds:KeyInfo>'],
    ['a key to be fetched', '</ds:SignatureValue>', '</ds:SignatureValue><ds:KeyInfo><ds:RetrievalMethod/></ds:KeyInfo>'],
    ['an id nobody may have', '_response', '1 response'],
    ['itself twice over', signature('_response'), signature('_response') + signature('_response')],
  ])('may not cover %s', (_, from, to) => {
    expect(checkSignatureShape(responseWith(from, to))).toMatchObject({ ok: false, error: 'unexpected-structure' });
  });

  it('lets no algorithm through that is not on the list', () => {
    const known: readonly string[] = [...ALLOWED.signature, ...ALLOWED.digest, ...ALLOWED.transforms];
    const algorithm = fc.webUrl({ withFragments: true }).filter((url) => !known.includes(url)).map((url) => url.replaceAll('&', '&amp;'));
    fc.assert(
      fc.property(algorithm, fc.constantFrom(ALLOWED.signature[0], ALLOWED.digest[0], ALLOWED.transforms[0], ALLOWED.canonicalisation), (url, replaced) => {
        expect(checkSignatureShape(responseWith(`"${replaced}"`, `"${url.replaceAll('"', '')}"`)).ok).toBe(false);
      }),
    );
  });
});
