import { createHash } from 'node:crypto';
import { ok, type Result } from '../kernel/index.js';
import { SHA256, hashOf, signatureHolds } from './algorithms.js';
import { attributesHold, signedAttributeBytes } from './attributes.js';
import { sameBytes } from './canonical.js';
import { holdsChain, isTimestampSigner, type TrustAnchors } from './chain.js';
import { refuse, type TimestampError } from './errors.js';
import { certificatePrint, readToken } from './token.js';

/** What a token must be to be believed. */
export interface TimestampTrust {
  readonly anchors: TrustAnchors;
  /** The policy it must be dated under, as an object identifier; any when left out. */
  readonly policy?: string | undefined;
}

/** What only holds for a token that has just been asked for. */
export interface FreshlyAsked {
  /** The number that was sent. */
  readonly nonce: Uint8Array;
  /** The time it tells must lie between these. */
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** What a token that is believed says. */
export interface Timestamp {
  /** The data existed by then, by the authority's clock. */
  readonly at: Date;
  /** The authority's number of this token, in hexadecimal. */
  readonly serial: string;
  readonly policy: string;
  /** Who signed: the subject of its certificate on one line, vouched for by whoever issued it. */
  readonly signer: string;
  /** SHA-256 of the signer's certificate, in hexadecimal. */
  readonly signerPrint: string;
}

/**
 * Verifies a token (attacker-controlled) against the data itself, never against what was once asked: RFC 3161 section 2.4.2
 * with ESSCertIDv2 (RFC 5816), CMS (RFC 5652) and the chain (RFC 5280) as far as `holdsChain` says.
 *
 * @param data - the bytes it shall date
 * @param fresh - left out when a token kept earlier is verified again
 */
export function verifyTimestamp(token: Uint8Array, data: Uint8Array, trust: TimestampTrust, fresh?: FreshlyAsked): Result<Timestamp, TimestampError> {
  const read = readToken(token);
  if (read === undefined) return refuse('malformed', 'It is no timestamp by exactly one signer in the one canonical encoding');
  const { info, signer, signerInfo, hash } = read;
  const said = { identifier: signerInfo.signatureAlgorithm, hash, bytes: signedAttributeBytes(signerInfo.signedAttrs ?? []), key: signer.key, signature: new Uint8Array(signerInfo.signature.buffer) };
  if (!isTimestampSigner(signer)) return refuse('bad-signer', 'It is signed with a certificate that is not one for timestamps alone');
  if (!signatureHolds(said) || !attributesHold(read)) return refuse('bad-signature', 'Its signature does not hold');
  const chain = holdsChain(signer, read.certificates, trust.anchors, info.genTime);
  if (!chain.ok) return chain;
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const version: number = info.version;
  const isOurs = version === 1 && hashOf(hashAlgorithm) === 'sha256' && hashAlgorithm.algorithm === SHA256;
  if (!isOurs || !sameBytes(new Uint8Array(hashedMessage.buffer), createHash('sha256').update(data).digest())) return refuse('other-data', 'It dates something else');
  if (trust.policy !== undefined && info.policy !== trust.policy) return refuse('other-policy', 'It is dated under another policy than the one that is wanted');
  if (fresh !== undefined) {
    if (info.nonce === undefined || !sameBytes(new Uint8Array(info.nonce), fresh.nonce)) return refuse('other-nonce', 'It answers another request than ours');
    if (info.genTime < fresh.notBefore || info.genTime > fresh.notAfter) return refuse('wrong-time', 'The time it tells is too far from the time of this machine');
  }
  const serial = Buffer.from(info.serialNumber).toString('hex');
  return ok({ at: info.genTime, serial, policy: info.policy, signer: signer.x509.subject.replaceAll('\n', ', '), signerPrint: certificatePrint(signer) });
}
