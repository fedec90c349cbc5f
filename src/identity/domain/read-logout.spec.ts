import { createSign, generateKeyPairSync } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { kindOf, readLogout, type MessageKind } from './read-logout.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

function query(xml: string, kind: MessageKind = 'SAMLRequest', algorithm = RSA_SHA256, key = privateKey): string {
  const signed = `${kind}=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}&RelayState=r&SigAlg=${encodeURIComponent(algorithm)}`;
  return `${signed}&Signature=${encodeURIComponent(createSign('RSA-SHA256').update(signed).sign(key, 'base64'))}`;
}

const read = (text: string, kind: MessageKind = 'SAMLRequest') => readLogout({ agencyCode: 'a', query: text }, kind, [stranger.publicKey, publicKey]);
const readKnown = (text: string) => readLogout({ agencyCode: 'a', query: text }, 'SAMLRequest', [publicKey]);

describe('a logout message in a query', () => {
  it('is read when any certificate of the agency verifies it, with its RelayState', () => {
    expect(read(query('<a/>'))).toMatchObject({ ok: true, value: { root: { name: 'a' }, relayState: 'r' } });
    expect(read(query('<b/>', 'SAMLResponse'), 'SAMLResponse')).toMatchObject({ ok: true, value: { root: { name: 'b' } } });
  });

  it.each([
    ['nobody signed', query('<a/>').replace(/&Signature=.*/, ''), 'unsigned'],
    ['a stranger signed', query('<a/>', 'SAMLRequest', RSA_SHA256, stranger.privateKey), 'bad-signature'],
    ['with another RelayState than was signed', query('<a/>').replace('RelayState=r', 'RelayState=s'), 'bad-signature'],
    ['without the RelayState that was signed', query('<a/>').replace('&RelayState=r', ''), 'bad-signature'],
    ['whose signature is no base64', query('<a/>').replace(/Signature=.*/, 'Signature=%'), 'bad-signature'],
    ['of SHA-1', query('<a/>', 'SAMLRequest', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'), 'forbidden-algorithm'],
    ['of no algorithm', query('<a/>').replace(/&SigAlg=[^&]*/, ''), 'forbidden-algorithm'],
    ['sent twice', `SAMLRequest=x&${query('<a/>')}`, 'malformed-form'],
    ['with a response beside it', `${query('<a/>')}&SAMLResponse=x`, 'malformed-form'],
    ['that is not there', 'RelayState=r', 'malformed-form'],
    ['in the place of the other kind', query('<a/>', 'SAMLResponse'), 'malformed-form'],
    ['that inflates without end', query(`<a>${' '.repeat(70_000)}</a>`), 'not-base64'],
    ['that does not inflate', (() => query('<a/>').replace(/^SAMLRequest=[^&]*/, 'SAMLRequest=AAAA'))(), 'bad-signature'],
    ['with a document type', query('<!DOCTYPE a><a/>'), 'forbidden-markup'],
    ['that is not closed', query('<a>'), 'not-well-formed'],
  ])('%s is refused', (_, text, code) => {
    expect(readKnown(text)).toMatchObject({ ok: false, error: code });
  });
});

describe('a posted logout message', () => {
  const posted = (xml: string): string => Buffer.from(xml).toString('base64');
  it.each([
    ['nobody signed', { SAMLRequest: posted('<a ID="_a"/>') }, 'unsigned'],
    ['in the place of the other kind', { SAMLResponse: posted('<a ID="_a"/>') }, 'malformed-form'],
    ['sent twice', { SAMLRequest: [posted('<a/>'), posted('<a/>')] }, 'malformed-form'],
    ['with one id twice', { SAMLRequest: posted('<a ID="_a"><b Id="_a"/></a>') }, 'duplicate-id'],
  ])('%s is refused', (_, form, code) => {
    expect(readLogout({ agencyCode: 'a', form }, 'SAMLRequest', [publicKey])).toMatchObject({ ok: false, error: code });
  });
});

describe('the kind of a logout message', () => {
  it.each([['SAMLRequest=a', 'SAMLRequest'], ['SAMLResponse=a', 'SAMLResponse'], ['SAMLRequest=a&SAMLResponse=b', 'SAMLRequest'], ['', 'SAMLRequest']])('is, of %j, taken to be %s', (text, kind) => {
    expect(kindOf({ agencyCode: 'a', query: text })).toBe(kind);
  });

  it('is that of the posted field', () => {
    expect(kindOf({ agencyCode: 'a', form: { SAMLResponse: 'x' } })).toBe('SAMLResponse');
    expect(kindOf({ agencyCode: 'a', form: { SAMLResponse: 'x', SAMLRequest: 'y' } })).toBe('SAMLRequest');
  });
});
