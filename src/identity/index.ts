export { IdentityModule } from './identity.module.js';
export { DisablePerson, type PersonDisabled } from './commands/disable-person.js';
export { EndSession } from './commands/end-session.js';
export { ImportAgency, type ImportAgencyInput } from './commands/import-agency.js';
export { ImportIdp, type ImportIdpInput } from './commands/import-idp.js';
export { CERTIFICATE_NOTICE_DAYS, certificateFacts, type CertificateFacts, type IdpMetadata } from './domain/idp-metadata.js';
