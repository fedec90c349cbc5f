import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignedXml } from 'xml-crypto';
import { ALLOWED } from './saml-names.js';
import { signedRoot } from './signed-bytes.js';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const [ours, stranger] = [pair(), pair()];
const TEXT = '<m:a xmlns:m="urn:m" ID="_a"><m:b ID="_b">known</m:b></m:a>';

function signed(key = ours.privateKey, paths: readonly string[] = ['/*']): string {
  const signer = new SignedXml({ privateKey: key, signatureAlgorithm: ALLOWED.signature[0], canonicalizationAlgorithm: ALLOWED.canonicalisation });
  for (const xpath of paths) signer.addReference({ xpath, transforms: [...ALLOWED.transforms], digestAlgorithm: ALLOWED.digest[0] });
  signer.computeSignature(TEXT, { location: { reference: '/*', action: 'append' } });
  return signer.getSignedXml();
}

describe('the signed bytes of a document', () => {
  it('are those its signature covers, the signature itself not among them', () => {
    expect(signedRoot(signed(), [stranger.publicKey, ours.publicKey])).toEqual({ ok: true, value: TEXT });
  });

  it.each([
    ['no signature', () => TEXT, 'unsigned'],
    ['the signature of a stranger', () => signed(stranger.privateKey), 'bad-signature'],
    ['a word changed after signing', () => signed().replace('known', 'other'), 'bad-signature'],
    ['a digest made to fit the change', () => signed().replace(/(<DigestValue>)[^<]*/, '$1AAAA'), 'bad-signature'],
    ['a signature over two things', () => signed(ours.privateKey, ['/*', "//*[@ID='_b']"]), 'bad-signature'],
    ['an end tag missing', () => signed().replace('</m:b>', ''), 'not-well-formed'],
  ])('are none with %s', (_, text, code) => {
    expect(signedRoot(text(), [ours.publicKey])).toMatchObject({ ok: false, error: code });
  });

  it('are none without a certificate, whatever key the message brings along', () => {
    expect(signedRoot(signed(), [])).toMatchObject({ ok: false, error: 'bad-signature' });
  });
});
