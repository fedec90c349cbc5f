import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier, AttributeTypeAndValue, AttributeValue, BasicConstraints, Certificate, ExtendedKeyUsage, Extension, Extensions, KeyUsage, Name,
  RelativeDistinguishedName, SubjectKeyIdentifier, SubjectPublicKeyInfo, TBSCertificate, Validity, Version,
} from '@peculiar/asn1-x509';

/** A key with the certificate that says whose it is. */
export interface Identity {
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Uint8Array;
}

/** What a certificate shall say. */
export interface CertificateWish {
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
  /** May issue others. */
  readonly authority?: boolean;
  /** What its key is for, as an object identifier, and whether that is critical. */
  readonly purpose?: { readonly id: string; readonly critical: boolean };
  /** How many authorities there may be below this one. */
  readonly pathLength?: number;
  /** May sign certificates, whether or not it is an authority. */
  readonly certifies?: boolean;
  /** A critical extension that nobody knows. */
  readonly riddle?: string;
}

export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const COMMON_NAME = '2.5.4.3';
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

/** A new P-256 key and its certificate (RFC 5280 section 4.1), issued by `issuer` or by itself. */
export function newIdentity(wish: CertificateWish, issuer?: Identity): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo);
  const subject = nameOf(wish.name);
  const facts = new TBSCertificate({
    version: Version.v3,
    serialNumber: positive(randomBytes(16)),
    signature: new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 }),
    issuer: issuer === undefined ? subject : AsnConvert.parse(issuer.certificate, Certificate).tbsCertificate.subject,
    validity: new Validity({ notBefore: wish.from, notAfter: wish.to }),
    subject,
    subjectPublicKeyInfo: spki,
    extensions: extensionsOf(wish, spki),
  });
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(facts)), issuer?.key ?? privateKey);
  const certificate = new Certificate({ tbsCertificate: facts, signatureAlgorithm: facts.signature, signatureValue: Uint8Array.from(signature).buffer });
  return { key: privateKey, certificate: new Uint8Array(AsnConvert.serialize(certificate)) };
}

/** A certificate as PEM. */
export function pemOf({ certificate }: Identity): string {
  const lines = Buffer.from(certificate).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Random bytes as the shortest encoding of a positive integer. */
export function positive(random: Uint8Array): ArrayBuffer {
  return Uint8Array.from(random, (byte, at) => (at === 0 ? (byte & 0x3f) | 0x40 : byte)).buffer;
}

function nameOf(text: string): Name {
  const value = new AttributeTypeAndValue({ type: COMMON_NAME, value: new AttributeValue({ utf8String: text }) });
  return new Name([new RelativeDistinguishedName([value])]);
}

function extensionsOf({ authority = false, purpose, pathLength, certifies = authority, riddle }: CertificateWish, { subjectPublicKey }: SubjectPublicKeyInfo): Extensions {
  const identifier = createHash('sha256').update(new Uint8Array(subjectPublicKey)).digest().subarray(0, 20);
  return new Extensions([
    extension('2.5.29.19', true, new BasicConstraints({ cA: authority, ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }) })),
    // keyCertSign for whoever issues, digitalSignature for whoever signs.
    extension('2.5.29.15', true, new KeyUsage(certifies ? 0x20 : 0x01)),
    extension('2.5.29.14', false, new SubjectKeyIdentifier(identifier)),
    ...(purpose === undefined ? [] : [extension('2.5.29.37', purpose.critical, new ExtendedKeyUsage([purpose.id]))]),
    ...(riddle === undefined ? [] : [extension(riddle, true, new OctetString(identifier))]),
  ]);
}

function extension(extnID: string, critical: boolean, value: object): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}
