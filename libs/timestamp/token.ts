import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { CMSVersion, ContentInfo, SignedData, type SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { TSTInfo } from '@peculiar/asn1-tsp';
import { Certificate } from '@peculiar/asn1-x509';
import { hashOf, type Hash } from './algorithms.js';
import { readCanonical, readPart, sameBytes } from './canonical.js';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';

/** A certificate in both forms it is looked at in. */
export interface ReadCertificate {
  readonly der: Uint8Array;
  readonly facts: Certificate;
  readonly x509: X509Certificate;
  readonly key: KeyObject;
}

/** A token taken apart; nothing of it is verified. */
export interface ReadToken {
  readonly info: TSTInfo;
  /** What the message digest in the signed attributes is over. */
  readonly infoBytes: Uint8Array;
  readonly signerInfo: SignerInfo;
  readonly hash: Hash;
  readonly signer: ReadCertificate;
  /** Every certificate that came along, the signer's included. */
  readonly certificates: readonly ReadCertificate[];
}

/**
 * Takes a token apart (RFC 3161 section 2.4.2: CMS signed data over one TSTInfo by exactly one signer). Undefined for
 * anything else, and for whatever carries bytes that nobody signed: unsigned attributes and revocation lists.
 */
export function readToken(bytes: Uint8Array): ReadToken | undefined {
  const outer = readCanonical(bytes, ContentInfo);
  const data = outer?.contentType === SIGNED_DATA ? readCanonical(new Uint8Array(outer.content), SignedData) : undefined;
  const [signerInfo, ...more] = data === undefined ? [] : Array.from(data.signerInfos);
  const content = data?.encapContentInfo;
  if (data === undefined || signerInfo === undefined || more.length > 0 || content?.eContentType !== TST_INFO) return undefined;
  if (data.version !== CMSVersion.v3 || data.crls !== undefined || signerInfo.unsignedAttrs !== undefined) return undefined;
  const infoBytes = content.eContent?.single === undefined ? undefined : new Uint8Array(content.eContent.single.buffer);
  const info = infoBytes && readPart(infoBytes, TSTInfo);
  const hash = oneHash(data, signerInfo);
  const certificates = Array.from(data.certificates ?? ([] as const)).map(({ certificate }) => certificate && readCertificate(new Uint8Array(AsnConvert.serialize(certificate))));
  const signer = certificates.find((certificate) => certificate !== undefined && isNamed(signerInfo, certificate));
  if (infoBytes === undefined || info === undefined || hash === undefined || signer === undefined) return undefined;
  const known = certificates.filter((certificate) => certificate !== undefined);
  return known.length < certificates.length ? undefined : { info, infoBytes, signerInfo, hash, signer, certificates: known };
}

/** A certificate from its DER; undefined when it is none. */
export function readCertificate(der: Uint8Array): ReadCertificate | undefined {
  const facts = readPart(der, Certificate);
  if (facts === undefined) return undefined;
  try {
    const x509 = new X509Certificate(der);
    // Reading the key is what fails where it is of no kind that is known.
    return { der, facts, x509, key: x509.publicKey };
  } catch {
    return undefined;
  }
}

/** SHA-256 of a certificate, in hexadecimal. */
export function certificatePrint({ der }: ReadCertificate): string {
  return createHash('sha256').update(der).digest('hex');
}

/** The hash both the signed data and its signer name; a second one would be for nothing that is verified. */
function oneHash(data: SignedData, { digestAlgorithm }: SignerInfo): Hash | undefined {
  const [named, ...more] = data.digestAlgorithms;
  const hash = hashOf(digestAlgorithm);
  return named !== undefined && more.length === 0 && hashOf(named) === hash ? hash : undefined;
}

function isNamed({ version, sid }: SignerInfo, { facts: { tbsCertificate } }: ReadCertificate): boolean {
  const named = sid.issuerAndSerialNumber;
  if (named !== undefined) {
    return version === CMSVersion.v1 && sameBytes(new Uint8Array(named.serialNumber), new Uint8Array(tbsCertificate.serialNumber)) && sameBytes(serialized(named.issuer), serialized(tbsCertificate.issuer));
  }
  const key = sid.subjectKeyIdentifier;
  const own = tbsCertificate.extensions?.find(({ extnID }) => extnID === SUBJECT_KEY_IDENTIFIER);
  const identifier = own && readPart(own.extnValue.buffer, OctetString);
  return version === CMSVersion.v3 && key !== undefined && identifier !== undefined && sameBytes(new Uint8Array(identifier.buffer), new Uint8Array(key.buffer));
}

function serialized(value: object): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(value));
}
