import { describe, expect, it } from '@jest/globals';
import { must } from '../../../libs/kernel/index.js';
import { RESPONSE, responseWith, signature } from './saml-response.builder.js';
import { scanResponse } from './scan-response.js';
import { attribute } from './xml-tree.js';

const ASSERTION = /<a:Assertion .*<\/a:Assertion>/.exec(RESPONSE)?.[0] ?? '';
const evil = ASSERTION.replaceAll('_assertion', '_evil').replace('>amira<', '>administrator<');

describe('the shape of a response', () => {
  it('is refused under another root, though a response is somewhere in it', () => {
    const other = RESPONSE.replaceAll('p:Response', 'p:ArtifactResponse').replace('</p:Status>', '<p:Response ID="_other"/></p:Status>');
    expect(scanResponse(responseWith(RESPONSE, other))).toMatchObject({ ok: false, error: 'unexpected-structure' });
  });

  it('is believed when it is that of our identity providers, and the assertion is the one in it', () => {
    expect(attribute(must(scanResponse(responseWith())), 'ID')).toBe('_assertion');
  });

  it.each([
    ['a second assertion beside the first', '</p:Status>', `</p:Status>${evil}`, 'unexpected-structure'],
    ['the signed assertion moved into a status detail', '</p:Status>', `<p:StatusDetail>${evil}</p:StatusDetail></p:Status>`, 'unexpected-structure'],
    ['an assertion inside the assertion', '<a:Subject>', `${evil}<a:Subject>`, 'unexpected-structure'],
    ['no assertion', ASSERTION, '', 'unexpected-structure'],
    ['an assertion of another namespace', '</p:Status>', '</p:Status><x:Assertion xmlns:x="urn:x"/>', 'unexpected-structure'],
    ['a second response inside', '</p:Status>', `</p:Status><p:Response ID="_other"/>`, 'unexpected-structure'],
    ['a second response deeper inside', '</p:Status>', '<p:Response ID="_other"/></p:Status>', 'unexpected-structure'],
    ['a root of another namespace', 'xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"', 'xmlns:p="urn:x"', 'unexpected-structure'],
    ['something that is no part of a response', '</p:Status>', '</p:Status><p:Extensions/>', 'unexpected-structure'],
    ['an encrypted assertion beside it', '</p:Status>', '</p:Status><a:EncryptedAssertion/>', 'encrypted'],
    ['an encrypted name', '<a:Subject>', '<a:Subject><a:EncryptedID/>', 'encrypted'],
    ['another root', 'p:Response', 'p:LogoutResponse', 'unexpected-structure'],
    ['two elements of one id', 'ID="_assertion"', 'ID="_response"', 'duplicate-id'],
    ['an unsigned response', signature('_response'), '', 'unsigned'],
    ['an unsigned assertion', signature('_assertion'), '', 'unsigned'],
    ['a third signature somewhere', '<a:Subject>', `<a:Subject>${signature('_assertion')}`, 'unexpected-structure'],
    ['the response\u2019s signature over the assertion', 'URI="#_response"', 'URI="#_assertion"', 'unexpected-structure'],
  ])('is refused with %s', (_, from, to, code) => {
    expect(scanResponse(responseWith(from, to))).toMatchObject({ ok: false, error: code });
  });
});
