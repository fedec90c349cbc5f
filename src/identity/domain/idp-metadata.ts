import { X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '../../../libs/kernel/index.js';
import { scanText } from './read-message.js';
import { HTTP_REDIRECT, NS } from './saml-names.js';
import { attribute, childrenOf, descendants, onlyChild, parseXml, textOf, type XmlElement } from './xml-tree.js';

/** A signing certificate of an identity provider, for people to look at. */
export interface CertificateFacts {
  readonly pem: string;
  readonly subject: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256 of the certificate, upper-case hexadecimal with colons. */
  readonly fingerprint: string;
}

/** What a metadata document says about an identity provider (SAML metadata section 2.4.3). */
export interface IdpMetadata {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly sloUrl: string | undefined;
  readonly certificates: readonly CertificateFacts[];
}

/** How many days before its end people are warned of a certificate. */
export const CERTIFICATE_NOTICE_DAYS = 30;

/** What is to be said of a certificate at a moment. It says when the agency must act, not whether its key is believed. */
export type CertificateState = 'not-yet-valid' | 'valid' | 'ends-soon' | 'expired';

const DAY_MS = 86_400_000;
const WEAKEST_RSA = 2048;
const COMMENT = /<!--[\s\S]*?-->/g;

/**
 * Reads the metadata of one identity provider. It comes from an administrator who vouches for it, so comments are put up
 * with; document types and entities are not.
 *
 * Returns a sentence saying what is wrong with it.
 */
export function readIdpMetadata(xml: string): Result<IdpMetadata, string> {
  const text = scanText(Buffer.from(xml.replace(/^\ufeff/, '').replace(COMMENT, ''), 'utf8'));
  const root = text.ok ? parseXml(text.value) : text;
  if (!root.ok) return err(`This is not the metadata of an identity provider (${root.error}).`);
  const descriptor = onlyChild(root.value, NS.metadata, 'IDPSSODescriptor');
  const entityId = attribute(root.value, 'entityID') ?? '';
  if (root.value.name !== 'EntityDescriptor' || !descriptor) return err('Give a file with one EntityDescriptor that holds one IDPSSODescriptor.');
  if (!/^[a-zA-Z][a-zA-Z0-9+.-]*:\S{1,1020}$/.test(entityId)) return err('Its entityID is not an absolute URI.');
  const ssoUrl = locationOf(descriptor, 'SingleSignOnService');
  if (ssoUrl === undefined) return err('It names no SingleSignOnService with the HTTP-Redirect binding at an http or https address.');
  const certificates = certificatesOf(descriptor);
  return certificates.ok ? ok({ entityId, ssoUrl, sloUrl: locationOf(descriptor, 'SingleLogoutService'), certificates: certificates.value }) : certificates;
}

function locationOf(descriptor: XmlElement, name: string): string | undefined {
  const service = childrenOf(descriptor, NS.metadata, name).find((one) => attribute(one, 'Binding') === HTTP_REDIRECT);
  const location = attribute(service, 'Location') ?? '';
  return URL.canParse(location) && /^https?:$/.test(new URL(location).protocol) ? location : undefined;
}

/** Two certificates let an agency change its key without a moment in which nobody can sign in; more would be a mistake. */
function certificatesOf(descriptor: XmlElement): Result<readonly CertificateFacts[], string> {
  const signing = childrenOf(descriptor, NS.metadata, 'KeyDescriptor').filter((key) => (attribute(key, 'use') ?? 'signing') === 'signing');
  const bodies = signing.flatMap(descendants).filter(({ ns, name }) => ns === NS.signature && name === 'X509Certificate').map((one) => textOf(one) ?? '');
  const distinct = [...new Set(bodies.map((body) => body.replace(/\s/g, '')))];
  if (distinct.length < 1 || distinct.length > 2) return err(`It carries ${distinct.length} signing certificates; one is needed, and a second may stand beside it for roll-over.`);
  const certificates: CertificateFacts[] = [];
  for (const body of distinct) {
    const facts = certificateFacts(`-----BEGIN CERTIFICATE-----\n${body.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----`);
    if (!facts.ok) return facts;
    certificates.push(facts.value);
  }
  return ok(certificates);
}

/** The state of a certificate `now`; at its last moment it still counts. */
export function certificateState({ validFrom, validTo }: Pick<CertificateFacts, 'validFrom' | 'validTo'>, now: Date): CertificateState {
  if (now > validTo) return 'expired';
  if (now < validFrom) return 'not-yet-valid';
  return validTo.getTime() - now.getTime() < CERTIFICATE_NOTICE_DAYS * DAY_MS ? 'ends-soon' : 'valid';
}

/** What a PEM certificate says. Returns a sentence when it is none, or its key is not RSA of at least 2048 bits. */
export function certificateFacts(pem: string): Result<CertificateFacts, string> {
  try {
    const certificate = new X509Certificate(pem);
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    if (asymmetricKeyType !== 'rsa' || (asymmetricKeyDetails?.modulusLength ?? 0) < WEAKEST_RSA) {
      return err('A signing certificate must hold an RSA key of at least 2048 bits.');
    }
    return ok({
      pem: certificate.toString().trim(),
      subject: certificate.subject.replaceAll('\n', ', '),
      validFrom: new Date(certificate.validFrom),
      validTo: new Date(certificate.validTo),
      fingerprint: certificate.fingerprint256,
    });
  } catch {
    return err('A signing certificate in it cannot be read.');
  }
}
