import { describe, expect, it } from '@jest/globals';
import { must } from '../kernel/index.js';
import { ed25519Signer, formatVerifierKey, parseVerifierKey } from '../note/index.js';
import { EMPTY_ROOT, signCheckpoint } from '../tlog/index.js';
import { decideAddCheckpoint, formatAddCheckpoint, type RememberedTree, type WatchedLog, type WitnessDecision } from './index.js';
import { parseAddCheckpoint } from './add-checkpoint.js';
import { oracleWitness } from '../../test/vectors/tlog/cosignature-oracle.js';
import { expectNoFlippedBitIsBelieved } from '../../test/vectors/tlog/flipped-bits.js';
import { flipped, oracleRoot, readVectors, unhex } from '../../test/vectors/tlog/oracle.js';
import { TestLog, grown } from '../../test/vectors/tlog/two-histories.js';

type Requests = Record<'origin' | 'publicKey' | 'first' | 'fromOneToThree' | 'fromOneToFive' | 'example', string>;

const published = readVectors('witness-requests.json') as Requests;
const log = new TestLog('concordat.example/ledger');
const logs: readonly WatchedLog[] = [{ origin: log.origin, keys: [log.verifier] }];
const seven = grown([], 'a', 7);
const twelve = grown(seven, 'a', 5);
const treeOf = (leaves: readonly Uint8Array[]): RememberedTree => ({ size: leaves.length, root: oracleRoot(leaves) });

function decide(body: string, remembered?: RememberedTree, watched = logs): WitnessDecision {
  return decideAddCheckpoint(Buffer.from(body), { logs: watched, remembered: () => remembered });
}

describe('a witness', () => {
  it('answers the published requests as their makers do', () => {
    const key = must(parseVerifierKey(formatVerifierKey(published.origin, unhex(published.publicKey))));
    const watched = [{ origin: published.origin, keys: [key] }];
    const first = decide(published.first, undefined, watched);
    expect(first).toMatchObject({ status: 200, isNews: true, checkpoint: { size: 1 } });
    const one = first.status === 200 ? first.checkpoint : undefined;
    expect(decide(published.fromOneToThree, one, watched)).toMatchObject({ status: 200, checkpoint: { size: 3 } });
    const five = decide(published.fromOneToFive, one, watched);
    expect(five).toMatchObject({ status: 200, checkpoint: { size: 5 } });
    expect(decide(published.fromOneToThree, five.status === 200 ? five.checkpoint : undefined, watched)).toMatchObject({ status: 409, knownSize: 5 });
  });

  it('accepts the first checkpoint, what follows from it, and the same again as no news', async () => {
    expect(decide(await log.request(0, seven))).toMatchObject({ status: 200, isNews: true, note: log.checkpoint(seven) });
    expect(decide(await log.request(7, twelve), treeOf(seven))).toMatchObject({ status: 200, isNews: true });
    expect(decide(await log.request(12, twelve), treeOf(twelve))).toMatchObject({ status: 200, isNews: false });
    expect(decide(await log.request(0, []))).toMatchObject({ status: 200, isNews: true });
    expect(decide(await log.request(0, []), treeOf([]))).toMatchObject({ status: 200, isNews: false });
    expect(decide(await log.request(0, seven), treeOf([]))).toMatchObject({ status: 200, isNews: true });
  });

  it('passes on no lines by strangers', async () => {
    const stranger = oracleWitness('stranger.example', new Uint8Array(32)).cosign('x\n', 1);
    expect(decide(`${await log.request(0, seven)}${stranger}`)).toMatchObject({ status: 200, note: log.checkpoint(seven) });
  });

  it('refuses every history but the one it knows, though the log signed it', async () => {
    const other = grown([], 'b', 7);
    const root = oracleRoot(seven);
    expect(decide(await log.request(7, other), treeOf(seven))).toEqual({ status: 409, message: expect.any(String), fork: log.checkpoint(other) });
    expect(decide(await log.request(7, grown(other, 'b', 5)), treeOf(seven))).toMatchObject({ status: 422 });
    expect(decide(await log.request(5, seven.slice(0, 5)), treeOf(seven))).toEqual({ status: 409, message: expect.any(String), knownSize: 7 });
    expect(decide(await log.request(0, twelve), treeOf(seven))).toMatchObject({ status: 409, knownSize: 7 });
    expect(decide(await log.request(7, twelve), { size: 7, root: flipped(root) })).toMatchObject({ status: 422 });
    expect(decide(await log.request(7, twelve))).toMatchObject({ status: 409, knownSize: 0 });
  });

  it('refuses a proof that is missing, too long, altered or not called for', async () => {
    const { proof, ...rest } = must(parseAddCheckpoint(Buffer.from(await log.request(7, twelve))));
    const [first = EMPTY_ROOT, ...others] = proof;
    for (const bad of [[], [...proof, first], [flipped(first), ...others], others]) {
      expect(decide(formatAddCheckpoint({ ...rest, proof: bad }), treeOf(seven))).toMatchObject({ status: 422 });
    }
    expect(decide(formatAddCheckpoint({ oldSize: 0, proof: [first], checkpoint: log.checkpoint(seven) }))).toMatchObject({ status: 422 });
    expect(decide(formatAddCheckpoint({ oldSize: 7, proof: [first], checkpoint: log.checkpoint(seven) }), treeOf(seven))).toMatchObject({ status: 422 });
  });

  it('refuses a tree of no leaves that has a root of its own', () => {
    const { privateKey } = oracleWitness(log.origin, new Uint8Array(32).fill(3));
    const signer = must(ed25519Signer(log.origin, privateKey));
    const key = must(parseVerifierKey(formatVerifierKey(log.origin, Buffer.from(privateKey.export({ format: 'jwk' }).x ?? '', 'base64url'))));
    const checkpoint = must(signCheckpoint({ origin: log.origin, size: 0, root: flipped(EMPTY_ROOT), extensions: [] }, [signer]));
    for (const known of [undefined, treeOf([])]) {
      expect(decide(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint }), known, [{ origin: log.origin, keys: [key] }])).toMatchObject({ status: 422 });
    }
  });

  it('refuses a log it does not know, and a signature that is not there or does not hold', async () => {
    const request = await log.request(0, seven);
    expect(decide(request, undefined, [])).toMatchObject({ status: 404 });
    expect(decide(await new TestLog('another.example').request(0, seven))).toMatchObject({ status: 404 });
    expect(decide(request, undefined, [{ origin: log.origin, keys: [new TestLog('another.example').verifier] }])).toMatchObject({ status: 403 });
    expect(decide(request.replace('\n7\n', '\n8\n'))).toMatchObject({ status: 403 });
  });

  it('refuses an old size beyond the new one before it looks at what it knows', async () => {
    for (const known of [undefined, treeOf(seven), treeOf(twelve)]) {
      expect(decide(await log.request(12, seven), known)).toMatchObject({ status: 400 });
    }
  });

  const malformed: Record<string, (text: string) => string> = {
    'nothing': () => '',
    'no empty line': (text) => text.replaceAll('\n\n', '\n'),
    'no old size': (text) => text.replace('old 7\n', ''),
    'a leading zero': (text) => text.replace('old 7', 'old 07'),
    'two spaces': (text) => text.replace('old 7', 'old  7'),
    'a sign': (text) => text.replace('old 7', 'old +7'),
    'an old size beyond 2^53': (text) => text.replace('old 7', 'old 9007199254740992'),
    'a short proof line': (text) => text.replace('old 7\n', 'old 7\nAAAA\n'),
    'a proof line without padding': (text) => text.replace('=\n', '\n'),
    'too many proof lines': (text) => text.replace('old 7\n', `old 7\n${`${'A'.repeat(43)}=\n`.repeat(64)}`),
    'carriage returns': (text) => text.replaceAll('\n', '\r\n'),
    'a byte order mark': (text) => `\ufeff${text}`,
    'a checkpoint that is no note': (text) => text.slice(0, -1),
    'no checkpoint': (text) => text.slice(0, text.indexOf('\n\n') + 2),
  };
  it.each(Object.entries(malformed))('refuses a request with %s', async (_, spoil) => {
    expect(decide(spoil(await log.request(7, twelve)), treeOf(seven))).toMatchObject({ status: 400 });
  });

  it('refuses bytes that are no text, and a checkpoint with a size that is none', async () => {
    const bytes = Buffer.concat([Buffer.from(await log.request(0, seven)), Buffer.of(0xff)]);
    expect(decideAddCheckpoint(bytes, { logs, remembered: () => undefined })).toMatchObject({ status: 400 });
    expect(decide((await log.request(0, seven)).replace('\n7\n', '\n07\n'))).toMatchObject({ status: 403 });
  });

  it('reads the published example and prints it again', () => {
    expect(formatAddCheckpoint(must(parseAddCheckpoint(Buffer.from(published.example))))).toBe(published.example);
  });

  it('accepts no request with one bit turned', async () => {
    expectNoFlippedBitIsBelieved(
      await log.request(7, twelve),
      (bytes) => {
        const request = parseAddCheckpoint(bytes);
        return request.ok ? formatAddCheckpoint(request.value) : undefined;
      },
      (bytes) => decideAddCheckpoint(bytes, { logs, remembered: () => treeOf(seven) }).status === 200,
    );
  });
});
