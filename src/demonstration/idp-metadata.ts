import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../platform/config/index.js';

/**
 * The metadata document of an agency's sandbox identity provider, as that process also publishes it.
 *
 * @param port - where the identity provider listens on this machine.
 */
export function sandboxIdpMetadata(agencyCode: string, port: number): string {
  const address = `http://localhost:${port}`;
  const pem = readFileSync(join(projectFolder(), 'keys-example', `idp-${agencyCode}.cert.pem`), 'utf8');
  const certificate = pem.replaceAll(/-----(BEGIN|END) CERTIFICATE-----|\s/g, '');
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${address}/metadata">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${address}/slo"/>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${address}/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
}
