import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { AsnConvert } from '@peculiar/asn1-schema';
import { TimeStampReq, type TSTInfo } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { must } from '../../libs/kernel/index.js';
import { makeTimestampRequest, positiveNonce, readTimestampResponse, readTrustAnchors, verifyTimestamp, type FreshlyAsked, type TimestampTrust } from '../../libs/timestamp/index.js';
import { SANDBOX_POLICY, answerRequest, granted, infoFor, rejected } from './answer.js';
import { TIME_STAMPING, newIdentity, pemOf, type CertificateWish, type Identity } from './certificate.js';

const DAY_MS = 86_400_000;
const NOW = new Date();
const YEAR = { from: new Date(NOW.getTime() - DAY_MS), to: new Date(NOW.getTime() + 365 * DAY_MS) };
const SIGNS = { purpose: { id: TIME_STAMPING, critical: true } } as const;
const DATA = Buffer.from('ledger.example\n7\nroot\n\n— a checkpoint\n');
const NONCE = positiveNonce(randomBytes(16));

describe('a timestamp', () => {
  let root: Identity;
  let signer: Identity;
  let trust: TimestampTrust;

  beforeAll(() => {
    root = newIdentity({ name: 'Root', authority: true, ...YEAR });
    signer = newIdentity({ name: 'Signer', ...SIGNS, ...YEAR }, root);
    trust = trusting(root);
  });

  const otherRoots: TimestampTrust[] = [];
  const fresh: FreshlyAsked = { nonce: NONCE, notBefore: new Date(NOW.getTime() - 60_000), notAfter: new Date(NOW.getTime() + 60_000) };
  const request = (data: Uint8Array = DATA, nonce = NONCE) => AsnConvert.parse(makeTimestampRequest({ imprint: createHash('sha256').update(data).digest(), nonce }), TimeStampReq);
  const tokenIn = (answer: Uint8Array) => must(readTimestampResponse(answer));
  const by = (identity: Identity, along: readonly Uint8Array[] = [], info = infoFor(request(), NOW)) => tokenIn(granted(identity, info, along));
  const codeOf = (token: Uint8Array, believed = trust, asked: FreshlyAsked | undefined = fresh) => {
    const verified = verifyTimestamp(token, DATA, believed, asked);
    return verified.ok ? 'believed' : verified.error.code;
  };
  const signerLike = (wish: Partial<CertificateWish>, issuer: Identity | undefined = root) => newIdentity({ name: 'Signer', ...SIGNS, ...YEAR, ...wish }, issuer);

  it('is believed when the authority answered our request about our data', () => {
    const answer = answerRequest(makeTimestampRequest({ imprint: createHash('sha256').update(DATA).digest(), nonce: NONCE, policy: SANDBOX_POLICY }), signer, NOW);
    const verified = must(verifyTimestamp(tokenIn(answer), DATA, { ...trust, policy: SANDBOX_POLICY }, fresh));
    expect(verified).toMatchObject({ at: NOW, policy: SANDBOX_POLICY, signer: 'CN=Signer', signerPrint: createHash('sha256').update(signer.certificate).digest('hex') });
    expect(verified.serial).toMatch(/^[4-7][0-9a-f]{31}$/);
  });

  it('is believed by way of an intermediate authority that came along, and by the signer itself being trusted', () => {
    const middle = newIdentity({ name: 'Middle', authority: true, ...YEAR }, root);
    const below = signerLike({}, middle);
    expect(codeOf(by(below, [middle.certificate]))).toBe('believed');
    expect(codeOf(by(below))).toBe('untrusted');
    expect(codeOf(by(below), trusting(below))).toBe('believed');
  });

  it('is not believed with one bit of any byte of its token changed', () => {
    const middle = newIdentity({ name: 'Middle', authority: true, ...YEAR }, root);
    const token = by(signerLike({}, middle), [middle.certificate]);
    expect(codeOf(token)).toBe('believed');
    expect(flipsOf(token).filter((flipped) => codeOf(flipped) === 'believed')).toEqual([]);
  }, 240_000);

  it('is not taken out of an answer with one bit of any byte before the token changed', () => {
    const answer = granted(signer, infoFor(request(), NOW));
    const head = answer.length - tokenIn(answer).length;
    const taken = flipsOf(answer, head).filter((flipped) => readTimestampResponse(flipped).ok);
    expect(taken).toEqual([]);
  });

  it.each<[string, () => Uint8Array, string]>([
    ['of another checkpoint', () => by(signer, [], infoFor(request(Buffer.from('another')), NOW)), 'other-data'],
    ['of our data under the name of another hash', () => by(signer, [], misnamedInfo()), 'other-data'],
    ['replayed from another request', () => by(signer, [], infoFor(request(DATA, positiveNonce(randomBytes(16))), NOW)), 'other-nonce'],
    ['without a nonce', () => by(signer, [], Object.assign(infoFor(request(), NOW), { nonce: undefined })), 'other-nonce'],
    ['from before we asked', () => by(signer, [], infoFor(request(), new Date(NOW.getTime() - 61_000))), 'wrong-time'],
    ['from after we were answered', () => by(signer, [], infoFor(request(), new Date(NOW.getTime() + 61_000))), 'wrong-time'],
    ['by a signer for servers', () => by(signerLike({ purpose: { id: '1.3.6.1.5.5.7.3.1', critical: true } })), 'bad-signer'],
    ['by a signer whose purpose is not critical', () => by(signerLike({ purpose: { id: TIME_STAMPING, critical: false } })), 'bad-signer'],
    ['by an authority for certificates', () => by(newIdentity({ name: 'Root', authority: true, ...YEAR })), 'bad-signer'],
    ['by a signer nobody trusts', () => by(signerLike({}, newIdentity({ name: 'Root', authority: true, ...YEAR }))), 'untrusted'],
    ['by a signer issued by a signer', () => by(signerLike({}, signer), [signer.certificate]), 'untrusted'],
    ['by a signer below more authorities than its root allows', () => below({ pathLength: 0 }, {}, {}), 'untrusted'],
    ['by a signer below somebody who may sign certificates and is no authority', () => below({}, { authority: false, certifies: true }, {}), 'untrusted'],
    ['by a signer below an authority for servers', () => below({}, { purpose: { id: '1.3.6.1.5.5.7.3.1', critical: false } }, {}), 'untrusted'],
    ['by a signer below an authority nobody understands', () => below({}, { riddle: '2.999.7' }, {}), 'untrusted'],
    ['by a signer nobody understands', () => below({}, {}, { riddle: '2.999.7' }), 'bad-signer'],
    ['by a signer below an authority that ran out', () => below({}, { from: new Date(0), to: new Date(NOW.getTime() - 1000) }, {}), 'expired'],
    ['with a certificate in the place of the one that was signed for', () => tokenIn(granted(signer, infoFor(request(), NOW), [], root.certificate)), 'bad-signature'],
    ['by a signer that ran out', () => by(signerLike({ from: new Date(0), to: new Date(NOW.getTime() - 1000) })), 'expired'],
    ['by a signer not yet valid', () => by(signerLike({ from: new Date(NOW.getTime() + DAY_MS) })), 'expired'],
    ['signed with another key than the certificate\'s', () => by({ ...signer, key: root.key }), 'bad-signature'],
    ['under a policy we did not ask for', () => by(signer, [], Object.assign(infoFor(request(), NOW), { policy: '2.999.1' })), 'other-policy'],
    ['that is nothing of the kind', () => randomBytes(400), 'malformed'],
    ['with something after it', () => Buffer.concat([by(signer), Buffer.from([0])]), 'malformed'],
    ['that is empty', () => new Uint8Array(), 'malformed'],
  ])('is not believed %s', (_, make, code) => {
    const token = make();
    expect(codeOf(token, { anchors: [...trust.anchors, ...otherRoots.flatMap(({ anchors }) => anchors)], policy: SANDBOX_POLICY })).toBe(code);
  });

  it('is believed below a root and an authority that are as they should be', () => {
    const token = below({ pathLength: 1 }, { purpose: { id: TIME_STAMPING, critical: false } }, {});
    expect(codeOf(token, otherRoots.at(-1))).toBe('believed');
  });

  /** A token by way of a root and an authority of its own that are like these; that root is trusted, too. */
  function below(top: Partial<CertificateWish>, middle: Partial<CertificateWish>, last: Partial<CertificateWish>): Uint8Array {
    const own = newIdentity({ name: 'Other root', authority: true, ...YEAR, ...top });
    const between = newIdentity({ name: 'Between', authority: true, ...YEAR, ...middle }, own);
    otherRoots.push(trusting(own));
    return by(signerLike(last, between), [between.certificate]);
  }

  it('is believed later without the nonce and the clock of then, also when the certificates have run out since', () => {
    const old = new Date('2020-06-01T12:00:00Z');
    const then = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2021-01-01T00:00:00Z') };
    const oldRoot = newIdentity({ name: 'Root', authority: true, ...then });
    const token = by(signerLike(then, oldRoot), [], infoFor(request(), old));
    expect(verifyTimestamp(token, DATA, trusting(oldRoot))).toMatchObject({ ok: true, value: { at: old } });
    expect(verifyTimestamp(token, Buffer.from('another'), trusting(oldRoot))).toMatchObject({ ok: false, error: { code: 'other-data' } });
  });

  it('is refused by name where the authority rejects, grants nothing, or does not speak the protocol', () => {
    expect(readTimestampResponse(rejected())).toMatchObject({ error: { code: 'rejected', message: 'It refused to date the checkpoint (status 2)' } });
    expect(readTimestampResponse(answerRequest(randomBytes(40), signer, NOW))).toMatchObject({ error: { code: 'rejected' } });
    // PKIFailureInfo with bit 14: 00 02 after one octet that counts the unused bits.
    expect(readTimestampResponse(Buffer.from('30093007020102030201' + '0002', 'hex'))).toMatchObject({ ok: false });
    expect(readTimestampResponse(Buffer.from('300a3008020102030301' + '0002', 'hex'))).toMatchObject({ error: { message: 'It refused to date the checkpoint (status 2, timeNotAvailable)' } });
    expect(readTimestampResponse(Buffer.from('30053003020100', 'hex'))).toMatchObject({ error: { code: 'malformed', message: 'It granted a timestamp and sent none' } });
    expect(readTimestampResponse(Buffer.from('<html>'))).toMatchObject({ error: { code: 'malformed' } });
  });

  it('trusts certificates and nothing else that is in a file', () => {
    expect(readTrustAnchors(`${pemOf(root)}\n${pemOf(signer)}`)).toHaveLength(2);
    expect(readTrustAnchors('')).toBeUndefined();
    expect(readTrustAnchors(pemOf(root).replace(/[A-Za-z]{4}\n/, 'AAAA\n').slice(0, 200))).toBeUndefined();
    expect(readTrustAnchors(`${pemOf(root)}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`)).toBeUndefined();
  });

  function trusting(identity: Identity): TimestampTrust {
    return { anchors: readTrustAnchors(pemOf(identity)) ?? [] };
  }

  /** The right bytes under the name of another hash. */
  function misnamedInfo(): TSTInfo {
    const info = infoFor(request(), NOW);
    info.messageImprint.hashAlgorithm = new AlgorithmIdentifier({ algorithm: '2.16.840.1.101.3.4.2.3' });
    return info;
  }
});

/** The bytes with one bit of one of the first `length` changed, for each of those; which bit goes round. */
function flipsOf(bytes: Uint8Array, length = bytes.length): readonly Uint8Array[] {
  return Array.from({ length }, (_, at) => Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ (1 << (at * 5) % 8) : byte)));
}
