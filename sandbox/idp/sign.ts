import { SignedXml } from 'xml-crypto';
import type { Settings } from './settings.js';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** The document with an enveloped rsa-sha256 signature over the element of this local name, placed after its Issuer. */
export function sign(xml: string, element: string, { key, certificate }: Settings): string {
  const signer = new SignedXml({
    privateKey: key,
    publicCert: certificate,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  const path = `//*[local-name(.)='${element}']`;
  signer.addReference({
    xpath: path,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE],
  });
  signer.computeSignature(xml, { prefix: 'ds', location: { reference: `${path}/*[local-name(.)='Issuer']`, action: 'after' } });
  return signer.getSignedXml();
}
