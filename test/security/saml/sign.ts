import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SignedXml } from 'xml-crypto';
import { goodParts, renderAssertion, renderResponse, type Conversation, type Parts } from './message.js';

/** A key with its certificate, both PEM. */
export interface Key {
  readonly key: string;
  readonly certificate: string;
}

/** How a signature is made; each field starts out as the product wants it. */
export interface Method {
  readonly signature: string;
  readonly digest: string;
  readonly canonicalisation: string;
  readonly transforms: readonly string[];
  readonly hmac: boolean;
}

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const RIGHT_METHOD: Method = {
  signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
  canonicalisation: EXCLUSIVE,
  transforms: [ENVELOPED, EXCLUSIVE],
  hmac: false,
};

/** The published key of one agency's stand-in identity provider. */
export function keyOf(agency: string): Key {
  const read = (kind: string): string => readFileSync(fileURLToPath(new URL(`../../../keys-example/idp-${agency}.${kind}.pem`, import.meta.url)), 'utf8');
  return { key: read('key'), certificate: read('cert') };
}

/** The document with a signature over the first element of this name, after that element's Issuer. */
export function sign(xml: string, element: 'Assertion' | 'Response' | 'LogoutRequest' | 'LogoutResponse', { key, certificate }: Key, change: Partial<Method> = {}): string {
  const method = { ...RIGHT_METHOD, ...change };
  const signer = new SignedXml({
    privateKey: method.hmac ? certificate : key,
    publicCert: certificate,
    signatureAlgorithm: method.signature,
    canonicalizationAlgorithm: method.canonicalisation,
  });
  if (method.hmac) signer.enableHMAC();
  const path = `//*[local-name(.)='${element}']`;
  signer.addReference({ xpath: path, transforms: [...method.transforms], digestAlgorithm: method.digest });
  signer.computeSignature(xml, { prefix: 'ds', location: { reference: `${path}/*[local-name(.)='Issuer']`, action: 'after' } });
  return signer.getSignedXml();
}

/** Which signatures a response gets, and how. */
export interface Signing {
  readonly key: Key;
  readonly assertion?: Partial<Method> | false;
  readonly response?: Partial<Method> | false;
}

/** A response with these parts changed, properly signed unless said otherwise. */
export function signedResponse(conversation: Conversation, signing: Signing, change: Partial<Parts> = {}): string {
  const parts = { ...goodParts(conversation), ...change };
  return signParts(parts, signing);
}

/** The signed text of complete parts. */
export function signParts(parts: Parts, { key, assertion = {}, response = {} }: Signing): string {
  const plain = renderAssertion(parts);
  const inner = assertion === false ? plain : sign(plain, 'Assertion', key, assertion);
  const outer = renderResponse(parts, inner);
  return response === false ? outer : sign(outer, 'Response', key, response);
}
