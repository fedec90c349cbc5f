import { createHash, randomBytes, sign } from 'node:crypto';
import { Attribute, CMSVersion, CertificateChoices, CertificateSet, ContentInfo, DigestAlgorithmIdentifier, DigestAlgorithmIdentifiers, EncapsulatedContent, EncapsulatedContentInfo, IssuerAndSerialNumber, SignatureAlgorithmIdentifier, SignedData, SignerIdentifier, SignerInfo, SignerInfos } from '@peculiar/asn1-cms';
import { AsnConvert, AsnObjectIdentifierConverter, OctetString } from '@peculiar/asn1-schema';
import { PKIStatus, PKIStatusInfo, TSTInfo, TSTInfoVersion, TimeStampReq, TimeStampResp, TimeStampToken } from '@peculiar/asn1-tsp';
import { Certificate } from '@peculiar/asn1-x509';
import { signedAttributeBytes, signingCertificateV2 } from '../../libs/timestamp/index.js';
import { positive, type Identity } from './certificate.js';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
/** Under which the sandbox dates: an arc for examples. */
export const SANDBOX_POLICY = '2.999.3161';

/** The answer to one request (RFC 3161 section 2.4): a token that says now, or a rejection of what is no such request. */
export function answerRequest(bytes: Uint8Array, signer: Identity, now: Date): Uint8Array {
  const request = requestIn(bytes);
  if (request === undefined) return rejected();
  return granted(signer, infoFor(request, now));
}

/** The request in these bytes; undefined when it is none that can be granted here. */
function requestIn(bytes: Uint8Array): TimeStampReq | undefined {
  try {
    const request = AsnConvert.parse(bytes, TimeStampReq);
    const { hashAlgorithm, hashedMessage } = request.messageImprint;
    const isKnown = hashAlgorithm.algorithm === SHA256 && hashedMessage.byteLength === 32;
    return isKnown && (request.reqPolicy === undefined || request.reqPolicy === SANDBOX_POLICY) ? request : undefined;
  } catch {
    return undefined;
  }
}

/** What a token for `request` says. */
export function infoFor({ messageImprint, nonce }: TimeStampReq, now: Date): TSTInfo {
  return new TSTInfo({
    version: TSTInfoVersion.v1,
    policy: SANDBOX_POLICY,
    messageImprint,
    serialNumber: positive(randomBytes(16)),
    genTime: now,
    ...(nonce === undefined ? {} : { nonce }),
  });
}

/** A rejection, with no reason given. */
export function rejected(): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.rejection }) })));
}

/**
 * A granted answer with the token of `info`.
 *
 * @param along - further certificates (DER) that go with the signer's
 * @param named - the certificate (DER) that is signed for as the signer's
 */
export function granted(signer: Identity, info: TSTInfo, along: readonly Uint8Array[] = [], named: Uint8Array = signer.certificate): Uint8Array {
  const content = AsnConvert.serialize(signedData(signer, new Uint8Array(AsnConvert.serialize(info)), along, named));
  const timeStampToken = Object.assign(new TimeStampToken(), new ContentInfo({ contentType: SIGNED_DATA, content }));
  return new Uint8Array(AsnConvert.serialize(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.granted }), timeStampToken })));
}

function signedData(signer: Identity, info: Uint8Array, along: readonly Uint8Array[], named: Uint8Array): SignedData {
  const sha256 = new DigestAlgorithmIdentifier({ algorithm: SHA256 });
  const [own, ...others] = [signer.certificate, ...along].map((der) => AsnConvert.parse(der, Certificate));
  if (own === undefined) throw new Error('A signer has a certificate');
  const { issuer, serialNumber } = own.tbsCertificate;
  const attributes = attributesOver(info, named);
  const signature = sign('sha256', attributes.bytes, signer.key);
  return new SignedData({
    version: CMSVersion.v3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([sha256]),
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: TST_INFO, eContent: new EncapsulatedContent({ single: new OctetString(info) }) }),
    certificates: new CertificateSet([own, ...others].map((certificate) => new CertificateChoices({ certificate }))),
    signerInfos: new SignerInfos([
      new SignerInfo({
        version: CMSVersion.v1,
        sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }) }),
        digestAlgorithm: sha256,
        signedAttrs: attributes.values,
        signatureAlgorithm: new SignatureAlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 }),
        signature: new OctetString(signature),
      }),
    ]),
  });
}

/** The signed attributes, and the bytes that are signed: their SET OF in DER, sorted by its members' own (X.690 section 11.6). */
function attributesOver(info: Uint8Array, named: Uint8Array): { readonly values: Attribute[]; readonly bytes: Uint8Array } {
  const signing = signingCertificateV2(named);
  const values = [
    new Attribute({ attrType: CONTENT_TYPE, attrValues: [AsnObjectIdentifierConverter.toASN(TST_INFO).toBER()] }),
    new Attribute({ attrType: MESSAGE_DIGEST, attrValues: [AsnConvert.serialize(new OctetString(createHash('sha256').update(info).digest()))] }),
    new Attribute({ attrType: signing.type, attrValues: [signing.value] }),
  ];
  const sorted = values.map((value) => ({ value, der: Buffer.from(AsnConvert.serialize(value)) })).sort((one, other) => Buffer.compare(one.der, other.der));
  const inOrder = sorted.map(({ value }) => value);
  return { values: inOrder, bytes: signedAttributeBytes(inOrder) };
}
