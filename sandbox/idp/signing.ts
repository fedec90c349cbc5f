import { createSign, createVerify } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** A key and the certificate that goes with it, both PEM. */
export interface SigningKey {
  readonly key: string;
  readonly certificate: string;
}

/** Signs the first element called `name` (enveloped, exclusive c14n, rsa-sha256), the signature right after its Issuer. */
export function signElement(xml: string, name: string, { key, certificate }: SigningKey): string {
  const signature = new SignedXml({ privateKey: key, publicCert: certificate, signatureAlgorithm: RSA_SHA256, canonicalizationAlgorithm: EXCLUSIVE });
  const element = `//*[local-name(.)='${name}']`;
  signature.addReference({ xpath: element, transforms: [ENVELOPED, EXCLUSIVE], digestAlgorithm: SHA256 });
  signature.computeSignature(xml, { prefix: 'ds', location: { reference: `${element}/*[local-name(.)='Issuer']`, action: 'after' } });
  return signature.getSignedXml();
}

/** Whether the query of an HTTP-Redirect message (attacker-controlled) is signed by this certificate (SAML bindings 3.4.4.1). */
export function isSignedQuery(query: string, message: 'SAMLRequest' | 'SAMLResponse', certificate: string): boolean {
  const parts = new Map(query.split('&').map((part) => [part.slice(0, part.indexOf('=')), part]));
  const value = (name: string): string => decodeURIComponent((parts.get(name) ?? '').slice(name.length + 1).replaceAll('+', ' '));
  if (value('SigAlg') !== RSA_SHA256) return false;
  const signed = [message, 'RelayState', 'SigAlg'].flatMap((name) => parts.get(name) ?? []).join('&');
  return createVerify('RSA-SHA256').update(signed).verify(certificate, value('Signature'), 'base64');
}

/** A query with its signature, in the order the binding prescribes. */
export function signedQuery(message: 'SAMLRequest' | 'SAMLResponse', deflated: string, relayState: string | undefined, key: string): string {
  const parts = [`${message}=${encodeURIComponent(deflated)}`];
  if (relayState !== undefined) parts.push(`RelayState=${encodeURIComponent(relayState)}`);
  parts.push(`SigAlg=${encodeURIComponent(RSA_SHA256)}`);
  const signature = createSign('RSA-SHA256').update(parts.join('&')).sign(key, 'base64');
  return `${parts.join('&')}&Signature=${encodeURIComponent(signature)}`;
}
