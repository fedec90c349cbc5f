import type { X509Certificate } from 'node:crypto';
import { BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsageFlags, type Extension } from '@peculiar/asn1-x509';
import { ok, type Result } from '../kernel/index.js';
import { isSoundCertificateSignature, isSoundKey } from './algorithms.js';
import { readPart, sameBytes } from './canonical.js';
import { refuse, type TimestampError } from './errors.js';
import { readCertificate, type ReadCertificate } from './token.js';

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const CERTIFICATE_POLICIES = '2.5.29.32';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const ANY_PURPOSE = '2.5.29.37.0';
/** Critical extensions this library acts on, or whose meaning it does not need; any other must be refused (RFC 5280 section 4.2). */
const UNDERSTOOD: ReadonlySet<string> = new Set([BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE, CERTIFICATE_POLICIES]);
/** Authorities that issue to one another; more than these is no chain. */
const LONGEST_CHAIN = 6;

/** Certificates that are believed without a further signature. */
export type TrustAnchors = readonly ReadCertificate[];

/**
 * The certificates in a PEM text, in its order; undefined when there is none in it, or something else.
 */
export function readTrustAnchors(pem: string): TrustAnchors | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  const read = blocks.map((block) => readCertificate(Buffer.from(block.replace(/-----[A-Z ]+-----/g, ''), 'base64')));
  const anchors = read.filter((anchor) => anchor !== undefined);
  const isOnlyThat = pem.split(/-----BEGIN/).length === blocks.length + 1;
  return anchors.length === 0 || anchors.length < read.length || !isOnlyThat ? undefined : anchors;
}

/** Whether the certificate is one for signing timestamps and nothing else (RFC 3161 section 2.3). */
export function isTimestampSigner({ facts, key }: ReadCertificate): boolean {
  const usage = extensionOf(facts.tbsCertificate.extensions, EXTENDED_KEY_USAGE);
  const purposes = usage && readPart(usage.extnValue.buffer, ExtendedKeyUsage);
  if (usage?.critical !== true || purposes?.length !== 1 || purposes[0] !== TIME_STAMPING) return false;
  const keyUsage = extensionOf(facts.tbsCertificate.extensions, KEY_USAGE);
  const flags = keyUsage && readPart(keyUsage.extnValue.buffer, KeyUsage)?.toNumber();
  const signs = keyUsage === undefined || (flags !== undefined && (flags & (KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation)) !== 0);
  return signs && isSoundKey(key) && isUnderstood(facts.tbsCertificate.extensions);
}

/**
 * Whether a chain of certificates, each valid at `at`, leads from `signer` to one of `anchors`. Whether any of them was
 * revoked is not asked: nobody is reached for it.
 *
 * @param among - what came along with the token (attacker-controlled)
 */
export function holdsChain(signer: ReadCertificate, among: readonly ReadCertificate[], anchors: TrustAnchors, at: Date): Result<void, TimestampError> {
  let current = signer;
  for (let below = 0; below < LONGEST_CHAIN; below += 1) {
    if (!isValidAt(current, at)) return refuse('expired', 'A certificate of the authority was not valid at the time the timestamp tells');
    if (anchors.some(({ der }) => sameBytes(der, current.der))) return ok(undefined);
    const issuer = [...anchors, ...among].find((candidate) => issued(candidate, current, below));
    if (issuer === undefined) return refuse('untrusted', 'No chain leads from the certificate of the authority to one that is trusted');
    current = issuer;
  }
  return refuse('untrusted', 'The chain from the certificate of the authority to one that is trusted is too long');
}

/** @param below - certificates between the issued one and the signer's, itself not counted: what a path length is about */
function issued(issuer: ReadCertificate, { facts, x509 }: ReadCertificate, below: number): boolean {
  const { extensions } = issuer.facts.tbsCertificate;
  const constraints = extensionOf(extensions, BASIC_CONSTRAINTS);
  const limits = constraints && readPart(constraints.extnValue.buffer, BasicConstraints);
  const usage = extensionOf(extensions, EXTENDED_KEY_USAGE);
  const purposes = usage && readPart(usage.extnValue.buffer, ExtendedKeyUsage);
  return (
    limits?.cA === true &&
    (limits.pathLenConstraint === undefined || below <= limits.pathLenConstraint) &&
    (usage === undefined || purposes?.some((purpose) => [TIME_STAMPING, ANY_PURPOSE].includes(purpose)) === true) &&
    isUnderstood(extensions) &&
    isSoundKey(issuer.key) &&
    isSoundCertificateSignature(facts.signatureAlgorithm) &&
    isSignedBy(x509, issuer)
  );
}

function isSignedBy(x509: X509Certificate, issuer: ReadCertificate): boolean {
  try {
    return x509.checkIssued(issuer.x509) && x509.verify(issuer.key);
  } catch {
    // A key and a signature of kinds that have nothing to do with one another.
    return false;
  }
}

function isValidAt({ facts: { tbsCertificate } }: ReadCertificate, at: Date): boolean {
  const { notBefore, notAfter } = tbsCertificate.validity;
  return notBefore.getTime() <= at && at <= notAfter.getTime();
}

function isUnderstood(extensions: readonly Extension[] | undefined): boolean {
  return (extensions ?? []).every(({ critical, extnID }) => !critical || UNDERSTOOD.has(extnID));
}

function extensionOf(extensions: readonly Extension[] | undefined, id: string): Extension | undefined {
  return extensions?.find(({ extnID }) => extnID === id);
}
