import { SAML, ValidateInResponseTo, type CacheProvider, type SamlConfig } from '@node-saml/passport-saml';
import type { Config } from '../../platform/index.js';
import type { AgencyIdp, ServiceProvider } from '../domain/idp.js';
import { CLOCK_SKEW_MS, MESSAGE_AGE_MS, REQUEST_LIFE_MS } from '../domain/instants.js';
import type { SamlFault } from '../domain/saml-fault.js';
import { PERSISTENT } from '../domain/saml-names.js';
import { newMessageId } from '../domain/secrets.js';

/** Answers when a pending request was made. The requests live in the database; the library only ever asks. */
export type PendingLookup = (requestId: string) => Promise<Date | undefined>;

/** Nothing is pending: for messages the library only writes. */
export const NOTHING_PENDING: PendingLookup = () => Promise.resolve(undefined);

/** The library, set up for one agency as strictly as it can be. What it still lets through our own checks stop. */
export function samlLibrary(config: Config, idp: AgencyIdp, provider: ServiceProvider, pending: PendingLookup, requestId?: string): SAML {
  const options: SamlConfig = {
    issuer: provider.entityId,
    audience: provider.entityId,
    callbackUrl: provider.acsUrl,
    logoutCallbackUrl: provider.sloUrl,
    entryPoint: idp.ssoUrl,
    logoutUrl: idp.sloUrl ?? idp.ssoUrl,
    idpCert: [...idp.certificates],
    idpIssuer: idp.entityId,
    privateKey: config.keys.samlKey,
    publicCert: config.keys.samlCertificate,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: PERSISTENT,
    authnContext: [...idp.authnContexts],
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    validateInResponseTo: ValidateInResponseTo.always,
    requestIdExpirationPeriodMs: REQUEST_LIFE_MS,
    acceptedClockSkewMs: CLOCK_SKEW_MS,
    maxAssertionAgeMs: MESSAGE_AGE_MS,
    generateUniqueId: () => requestId ?? newMessageId(),
    cacheProvider: cacheOver(pending),
  };
  return new SAML(options);
}

/** The library may neither remember nor use up a request: that happens in the transaction that opens the session. */
function cacheOver(pending: PendingLookup): CacheProvider {
  return {
    saveAsync: (_key, value) => Promise.resolve({ value, createdAt: 0 }),
    getAsync: async (key) => (await pending(key))?.toISOString() ?? null,
    removeAsync: (key) => Promise.resolve(key),
  };
}

/**
 * Asks the library about a posted response. Its profile is never read: an attribute called `nameID` would shadow the
 * subject. All that counts is whether it believes the message.
 */
export async function libraryOpinion(library: SAML, posted: string): Promise<SamlFault | undefined> {
  try {
    const { profile, loggedOut } = await library.validatePostResponseAsync({ SAMLResponse: posted });
    return profile !== null && !loggedOut ? undefined : 'library-refused';
  } catch {
    return 'library-refused';
  }
}
