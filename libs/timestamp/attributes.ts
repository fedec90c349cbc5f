import { createHash } from 'node:crypto';
import { Attribute } from '@peculiar/asn1-cms';
import { AsnArray, AsnConvert, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { hashOf } from './algorithms.js';
import { readPart, sameBytes } from './canonical.js';
import type { ReadToken } from './token.js';

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
/** id-ct-TSTInfo as its whole DER. */
const TST_INFO_DER = Buffer.from('060b2a864886f70d0109100104', 'hex');

/** ESSCertIDv2 (RFC 5035 section 4): a certificate by its hash. */
class EssCertIdV2 {
  /** SHA-256 when left out. */
  @AsnProp({ type: AlgorithmIdentifier, optional: true })
  hashAlgorithm?: AlgorithmIdentifier;

  @AsnProp({ type: OctetString })
  certHash = new OctetString();

  @AsnProp({ type: AsnPropTypes.Any, optional: true })
  issuerSerial?: ArrayBuffer;
}

@AsnType({ type: AsnTypeTypes.Sequence, itemType: EssCertIdV2 })
class EssCertIdsV2 extends AsnArray<EssCertIdV2> {}

/** SigningCertificateV2 (RFC 5035 section 3); the first certificate in it is the signer's. */
class SigningCertificateV2 {
  @AsnProp({ type: EssCertIdsV2 })
  certs = new EssCertIdsV2();

  @AsnProp({ type: AsnPropTypes.Any, optional: true })
  policies?: ArrayBuffer;
}

@AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })
class AttributeSet extends AsnArray<Attribute> {}

/** What a signature over these attributes, in their order, is over: they are sent under another tag than SET OF and signed under that (RFC 5652 section 5.4). */
export function signedAttributeBytes(attributes: readonly Attribute[]): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(new AttributeSet([...attributes])));
}

/** Whether the signed attributes say that this is a timestamp, over these very contents, by this very certificate. */
export function attributesHold(token: ReadToken): boolean {
  const attributes = token.signerInfo.signedAttrs ?? [];
  const type = only(attributes, CONTENT_TYPE);
  const digest = only(attributes, MESSAGE_DIGEST);
  const signing = only(attributes, SIGNING_CERTIFICATE_V2);
  if (type === undefined || digest === undefined || signing === undefined) return false;
  const digested = readPart(digest, OctetString);
  const named = readPart(signing, SigningCertificateV2)?.certs[0];
  return (
    sameBytes(new Uint8Array(type), TST_INFO_DER) &&
    digested !== undefined && sameBytes(new Uint8Array(digested.buffer), createHash(token.hash).update(token.infoBytes).digest()) &&
    named !== undefined && isCertificate(named, token.signer.der)
  );
}

/**
 * The signed attribute by which a signer names its certificate; for making a token.
 *
 * @param certificate - DER
 */
export function signingCertificateV2(certificate: Uint8Array): { readonly type: string; readonly value: ArrayBuffer } {
  const id = Object.assign(new EssCertIdV2(), { certHash: new OctetString(createHash('sha256').update(certificate).digest()) });
  const value = Object.assign(new SigningCertificateV2(), { certs: new EssCertIdsV2([id]) });
  return { type: SIGNING_CERTIFICATE_V2, value: AsnConvert.serialize(value) };
}

function isCertificate({ hashAlgorithm, certHash }: EssCertIdV2, der: Uint8Array): boolean {
  const hash = hashAlgorithm === undefined ? 'sha256' : hashOf(hashAlgorithm);
  return hash !== undefined && sameBytes(new Uint8Array(certHash.buffer), createHash(hash).update(der).digest());
}

/** The one value of the one attribute of this type; undefined where there are none or several. */
function only(attributes: readonly Attribute[], type: string): ArrayBuffer | undefined {
  const [attribute, ...more] = attributes.filter(({ attrType }) => attrType === type);
  return more.length === 0 && attribute?.attrValues.length === 1 ? attribute.attrValues[0] : undefined;
}
