import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { must } from '../kernel/index.js';
import { formatVerifierKey, parseCosignatureKey, parseVerifierKey } from '../note/index.js';
import { formatProofFile, makeInclusionProof, parseProofFile } from '../tlog/index.js';
import { openWitnessed, parsePolicy, policyOf, verifyWitnessedProof } from './index.js';
import { oracleWitness } from '../../test/vectors/tlog/cosignature-oracle.js';
import { expectNoFlippedBitIsBelieved, strictText } from '../../test/vectors/tlog/flipped-bits.js';
import { flipped, memoryReader, readVectors } from '../../test/vectors/tlog/oracle.js';
import { TestLog, grown } from '../../test/vectors/tlog/two-histories.js';

const published = readVectors('cosigned-checkpoint.json') as { note: string; logKey: string; witnessKeys: string[]; time: number };
const log = new TestLog('concordat.example/ledger');
const leaves = grown([], 'a', 13);
const checkpoint = log.checkpoint(leaves);
const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
const oracles = ['ashworth', 'police', 'fire', 'health'].map((name, at) => oracleWitness(`${name}.example/witness`, new Uint8Array(32).fill(at + 1)));
const keys = oracles.map(({ verifierKey }) => must(parseCosignatureKey(verifierKey)));
const lines = oracles.map((oracle, at) => oracle.cosign(text, 1_000 + at));
const code = (result: { ok: boolean; error?: { code: string } }): string => (result.ok ? 'ok' : (result.error?.code ?? ''));

describe('a witnessed checkpoint', () => {
  it('of a public log satisfies its public witnesses', () => {
    const [log1, witnesses] = [must(parseVerifierKey(published.logKey)), published.witnessKeys.map((key) => must(parseCosignatureKey(key)))];
    const opened = must(openWitnessed(published.note, must(policyOf([log1], witnesses, 3))));
    expect(opened).toMatchObject({ size: 1432088532, witnessed: witnesses.map(({ name }) => ({ name, seconds: published.time })) });
    const without = published.note.split('\n').filter((line) => !line.includes('remora')).join('\n');
    expect(code(openWitnessed(without, must(policyOf([log1], witnesses, 3))))).toBe('too-few-witnesses');
  });

  it('is believed exactly when enough different witnesses signed, however often each did', () => {
    const some = fc.array(fc.nat(oracles.length - 1), { maxLength: 12 });
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: oracles.length }), (signed, threshold) => {
        const note = checkpoint + signed.map((at) => lines[at] ?? '').join('');
        const isBelieved = openWitnessed(note, must(policyOf([log.verifier], keys, threshold))).ok;
        expect(isBelieved).toBe(new Set(signed).size >= threshold);
      }),
    );
  });

  it('counts a witness once when it signed at two times, and tells the later', () => {
    const note = checkpoint + (oracles[0]?.cosign(text, 5) ?? '') + (oracles[0]?.cosign(text, 9) ?? '');
    expect(code(openWitnessed(note, must(policyOf([log.verifier], keys, 2))))).toBe('too-few-witnesses');
    expect(must(openWitnessed(note, must(policyOf([log.verifier], keys, 1)))).witnessed).toEqual([{ name: 'ashworth.example/witness', seconds: 9 }]);
  });

  it('is not believed on witnesses alone, of another log, or with a false line by a known witness', () => {
    const policy = must(policyOf([log.verifier], keys, 1));
    const witnessed = checkpoint + (lines[0] ?? '');
    expect(code(openWitnessed(`${text}\n${lines.join('')}`, policy))).toBe('unknown-key');
    expect(code(openWitnessed(witnessed, must(policyOf([new TestLog('another.example').verifier], keys, 1))))).toBe('unknown-key');
    expect(code(openWitnessed(witnessed + (oracles[1]?.cosign(`${text}x\n`, 1) ?? ''), policy))).toBe('bad-signature');
    expect(code(openWitnessed('no newline', policy))).toBe('malformed-note');
  });
});

describe('a policy', () => {
  it('lists nobody twice, as two witnesses or as log and witness, and asks for no more than there are', () => {
    const [first] = keys;
    if (first === undefined) throw new Error('No witness');
    const again = must(parseCosignatureKey(oracleWitness('renamed.example', new Uint8Array(32).fill(1)).verifierKey));
    expect(code(policyOf([log.verifier], [first, again], 1))).toBe('malformed-policy');
    const asLog = must(parseVerifierKey(formatVerifierKey('ashworth.example/witness', first.publicKey)));
    expect(code(policyOf([asLog], keys, 1))).toBe('malformed-policy');
    for (const threshold of [5, -1, 1.5]) expect(code(policyOf([log.verifier], keys, threshold))).toBe('malformed-policy');
  });

  const [a = '', b = '', c = '', d = ''] = oracles.map(({ verifierKey }) => verifierKey);
  const four = `# whom we trust\nlog ${log.verifierKey} https://ledger.example/\n\n witness A ${a}\nwitness\tB ${b} https://b.example/\nwitness C ${c}\nwitness D ${d}\n`;

  it.each([
    ['quorum none', [[], [0]], []],
    ['quorum A', [[0], [0, 1]], [[], [1, 2, 3]]],
    ['group G 2 A B C\nquorum G', [[0, 2], [0, 1, 2]], [[0, 3], [1]]],
    ['group G any A B\ngroup H all C D\ngroup I all G H\nquorum I', [[0, 2, 3], [1, 2, 3]], [[0, 1, 2], [2, 3]]],
    ['group G all A B\nquorum G', [[0, 1]], [[0], [2, 3]]],
  ])('%j holds for the right witnesses', (rest, enough, tooFew) => {
    const policy = must(parsePolicy(`${four}${rest}\n`));
    const opens = (signed: readonly number[]): string => code(openWitnessed(checkpoint + signed.map((at) => lines[at] ?? '').join(''), policy));
    for (const signed of enough) expect(opens(signed)).toBe('ok');
    for (const signed of tooFew) expect(opens(signed)).toBe('too-few-witnesses');
  });

  it.each([
    ['no quorum', four],
    ['two quorums', `${four}quorum none\nquorum A\n`],
    ['an unknown quorum', `${four}quorum Z\n`],
    ['a quorum before its witness', `quorum A\n${four}`],
    ['no last newline', `${four}quorum none`],
    ['an unknown word', `${four}monitor A\nquorum none\n`],
    ['a name taken', `${four}group A any B\nquorum none\n`],
    ['the name none', `${four}group none any B\nquorum none\n`],
    ['none as a member', `${four}group G any none\nquorum G\n`],
    ['a member in two groups', `${four}group G any A\ngroup H any A\nquorum G\n`],
    ['a member twice', `${four}group G 1 A A\nquorum G\n`],
    ['a group without members', `${four}group G any\nquorum none\n`],
    ['a threshold of none', `${four}group G 0 A\nquorum G\n`],
    ['a threshold beyond its members', `${four}group G 2 A\nquorum G\n`],
    ['a threshold with a leading zero', `${four}group G 01 A\nquorum G\n`],
    ["a witness with a log's key", `witness X ${log.verifierKey}\nquorum none\n`],
    ["a log with a witness's key", `log ${a}\nquorum none\n`],
    ['a key twice', `${four}witness E ${a}\nquorum none\n`],
    ['a log with too many words', `log ${log.verifierKey} https://a.example/ more\nquorum none\n`],
    ['carriage returns', `${four}quorum none\n`.replaceAll('\n', '\r\n')],
    ['a control character', `${four}quorum none\u0000\n`],
    ['too much text', `${`${'#'.repeat(1000)}\n`.repeat(300)}quorum none\n`],
  ])('is refused with %s', (_, bad) => {
    expect(code(parsePolicy(bad))).toBe('malformed-policy');
  });

  it('says in which line the fault is', () => {
    expect(parsePolicy('# one\n\nquorum Z\n')).toMatchObject({ ok: false, error: { message: 'Line 3: no line above defines Z' } });
  });
});

describe('a witnessed proof', () => {
  const policy = must(policyOf([log.verifier], keys, 2));
  const leafHash = leaves[5] ?? new Uint8Array();
  const proof = async (note: string): Promise<string> =>
    formatProofFile({ index: 5, path: must(await makeInclusionProof(memoryReader(leaves), 5, 13)), checkpoint: note });

  it('shows a leaf under a quorum and under nothing less', async () => {
    expect(must(verifyWitnessedProof(await proof(checkpoint + lines.join('')), leafHash, policy)).witnessed).toHaveLength(4);
    expect(code(verifyWitnessedProof(await proof(checkpoint + (lines[0] ?? '')), leafHash, policy))).toBe('too-few-witnesses');
    expect(code(verifyWitnessedProof(await proof(checkpoint + lines.join('')), flipped(leafHash), policy))).toBe('root-mismatch');
    expect(code(verifyWitnessedProof('', leafHash, policy))).toBe('malformed-proof');
  });

  it('with one bit turned is no proof, or one that prints as itself and nobody believes', async () => {
    expectNoFlippedBitIsBelieved(
      await proof(checkpoint + (lines[0] ?? '') + (lines[1] ?? '')),
      (bytes) => {
        const parsed = parseProofFile(strictText(bytes) ?? '');
        return parsed.ok ? formatProofFile(parsed.value) : undefined;
      },
      (bytes) => verifyWitnessedProof(Buffer.from(bytes).toString('utf8'), leafHash, policy).ok,
    );
  });
});
