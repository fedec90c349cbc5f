import { certificateBody, endpoints, type Settings } from './settings.js';
import { escape } from './xml.js';

/** SAML metadata of this identity provider (metadata section 2.4.3). `certificates` beside its own are for roll-over. */
export function metadata(settings: Settings): string {
  const { sso, slo } = endpoints(settings);
  const service = (name: string, binding: string, location: string): string =>
    `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${escape(location)}"/>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${escape(settings.entityId)}">
<md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificateBody(settings)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
${service('SingleLogoutService', 'HTTP-Redirect', slo)}
<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
${service('SingleSignOnService', 'HTTP-Redirect', sso)}
${service('SingleSignOnService', 'HTTP-POST', sso)}
</md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
}
