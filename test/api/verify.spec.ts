import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson, must } from '../../libs/kernel/index.js';
import { formatVerifierKey } from '../../libs/note/index.js';
import { TiledTree, formatConsistencyFile, formatProofFile, makeConsistencyProof, makeInclusionProof } from '../../libs/tlog/index.js';
import { formatEntryFile, leafHashOf } from '../../libs/verifier/index.js';
import { projectFolder } from '../../src/platform/config/index.js';
import { oracleWitness } from '../vectors/tlog/cosignature-oracle.js';
import { memoryReader } from '../vectors/tlog/oracle.js';
import { TestLog, grown } from '../vectors/tlog/two-histories.js';

/** All that the program may be made of. */
const LIBRARIES = ['archive', 'bundle', 'custody', 'kernel', 'note', 'tlog', 'witness', 'verifier'];

/** Runs before the program: nothing reaches the network, and every module it loads is written down. */
const PRELOAD = `import { register } from 'node:module'; import net from 'node:net'; import dns from 'node:dns';
const refused = () => { throw new Error('The network is refused'); };
net.Socket.prototype.connect = refused; dns.lookup = refused; globalThis.fetch = refused;
register('./loaded.mjs', import.meta.url);`;
const LOADED = `import { appendFileSync } from 'node:fs';
export async function resolve(name, context, next) { const found = await next(name, context); appendFileSync(process.env.LOADED, found.url + '\\n'); return found; }`;

describe('concordat-verify, in a folder with nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-verify-'));
  const log = new TestLog('demonstration.example/ledger');
  const impostor = new TestLog('other.example/ledger');
  const entry = { salt: new Uint8Array(16).fill(7), body: canonicalJson({ at: '2026-11-28T09:00:00.000Z', verb: 'note.add' }) };
  const witnesses = ['a.example/witness', 'b.example/witness'].map((name, at) => oracleWitness(name, new Uint8Array(32).fill(at + 1)));
  const past = grown([], 'past', 5);
  const leaves = grown([...past, leafHashOf(entry)], 'more', 7);
  const checkpoint = log.checkpoint(leaves);
  const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
  const cosigned = checkpoint + (witnesses[0]?.cosign(text, 1_790_000_000) ?? '');

  beforeAll(async () => {
    for (const library of LIBRARIES) cpSync(join(projectFolder(), 'dist', 'libs', library), join(folder, 'libs', library), { recursive: true });
    mkdirSync(join(folder, 'empty'));
    const path = must(await makeInclusionProof(memoryReader(leaves), 5, leaves.length));
    const proof = must(await makeConsistencyProof(memoryReader(leaves), 5, leaves.length));
    const [first, second] = witnesses;
    keep('package.json', '{"type":"module"}');
    keep('preload.mjs', PRELOAD);
    keep('loaded.mjs', LOADED);
    keep('entry.json', formatEntryFile(entry));
    keep('proof', formatProofFile({ index: 5, path, checkpoint }));
    keep('cosigned', formatProofFile({ index: 5, path, checkpoint: cosigned }));
    keep('kept', log.checkpoint(past));
    keep('forked', log.checkpoint(grown([], 'another past', 5)));
    keep('consistency', formatConsistencyFile({ oldSize: 5, proof, checkpoint }));
    for (const [name, quorum] of [['one', 'any'], ['two', 'all']]) {
      keep(`policy-${name ?? ''}`, `log ${log.verifierKey}\nwitness a ${first?.verifierKey ?? ''}\nwitness b ${second?.verifierKey ?? ''}\ngroup g ${quorum ?? ''} a b\nquorum g\n`);
    }
    keep('policy-other', `log ${impostor.verifierKey}\nquorum none\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function keep(name: string, words: string): string {
    writeFileSync(join(folder, name), words);
    return name;
  }

  const kept = (name: string): string => readFileSync(join(folder, name), 'utf8');

  function verify(...words: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
    const args = words.map((word) => (/^(?:-|[0-9A-Za-z+/]{43}=)|\+/.test(word) ? word : join('..', word)));
    const run = spawnSync(process.execPath, ['--no-warnings', '--import', '../preload.mjs', '../libs/verifier/bin.js', ...args], {
      cwd: join(folder, 'empty'), env: { LOADED: join(folder, 'modules') }, encoding: 'utf8',
    });
    return { code: run.status, out: run.stdout, err: run.stderr };
  }

  const KEY = ['--key', log.verifierKey];

  it('proves an entry, line by line, and says what no proof shows', () => {
    const { code, out, err } = verify(...KEY, 'proof', '--entry', 'entry.json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const line of ['PROVEN     The entry hashes to ', 'PROVEN     demonstration.example/ledger signed for 13 entries', 'PROVEN     It is entry 5 of the 13', 'not asked  Whether others were shown the same ledger', 'not asked  That what was recorded is true', 'Everything that was asked is proven.']) {
      expect(out).toContain(line);
    }
    const json = JSON.parse(verify(...KEY, '--json', 'proof', '--entry', 'entry.json').out) as { holds: boolean; findings: { state: string; code: string }[] };
    expect([json.holds, ...json.findings.map(({ state, code: found }) => `${state} ${found}`)]).toEqual([true, 'proven hashed', 'proven signed', 'proven included', 'open witnessed', 'open truth']);
  });

  it('loads nothing but eight libraries and Node', () => {
    rmSync(join(folder, 'modules'), { force: true });
    expect(verify(...KEY, '--policy', 'policy-one', 'cosigned', '--entry', 'entry.json').code).toBe(0);
    const loaded = new Set(kept('modules').trim().split('\n').map((url) => /\/libs\/([a-z]+)\/(?:bundle\/)?[a-z-]+\.js$/.exec(url)?.[1] ?? url));
    expect([...loaded].toSorted()).toEqual([...LIBRARIES, 'node:buffer', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:path', 'node:util', 'node:zlib'].toSorted());
  });

  it('proves the hash of an entry whose body is not at hand, and says that it shows no more', () => {
    const leaf = Buffer.from(leafHashOf(entry)).toString('base64');
    expect(verify(...KEY, 'proof', '--leaf', leaf)).toMatchObject({ code: 0, out: expect.stringContaining('not asked  The body of the entry was not given') });
    expect(verify(...KEY, 'proof', '--leaf', Buffer.alloc(32).toString('base64')).code).toBe(1);
  });

  it('counts cosignatures by the policy it is given', () => {
    const entryWords = ['--entry', 'entry.json'];
    expect(verify(...KEY, '--policy', 'policy-one', 'cosigned', ...entryWords)).toMatchObject({ code: 0, out: expect.stringContaining('Cosigned by: a.example/witness at 2026-09-21T') });
    expect(verify(...KEY, '--policy', 'policy-two', 'cosigned', ...entryWords)).toMatchObject({ code: 1, out: expect.stringContaining('are not the quorum') });
    expect(verify(...KEY, '--policy', 'policy-one', 'proof', ...entryWords).code).toBe(1);
    expect(verify(...KEY, '--policy', 'policy-other', 'cosigned', ...entryWords)).toMatchObject({ code: 1, out: expect.stringContaining('not about the ledger') });
  });

  it('proves that the ledger continues a checkpoint somebody kept, and finds another past', () => {
    expect(verify(...KEY, 'consistency', '--from', 'kept')).toMatchObject({ code: 0, out: expect.stringContaining('The ledger of 13 entries, which it signed too, begins with those 5, unchanged') });
    expect(verify(...KEY, 'consistency', '--from', 'forked')).toMatchObject({ code: 1, out: expect.stringContaining('NOT PROVEN') });
    expect(verify(...KEY, '--policy', 'policy-one', 'consistency', '--from', 'kept').code).toBe(1);
  });

  describe('a whole ledger that was handed over', () => {
    const bodies = Array.from({ length: 300 }, (_, at) => ({ salt: new Uint8Array(16).fill(at), body: canonicalJson({ at, verb: 'note.add' }) }));
    const WORDS = [...KEY, '--policy', 'policy-ledger', '--tiles', 'ledger', '--entries', 'entries'];

    beforeEach(async () => {
      const hashes = bodies.map(leafHashOf);
      const note = log.checkpoint(hashes);
      rmSync(join(folder, 'ledger'), { recursive: true, force: true });
      for (const level of [0, 1]) mkdirSync(join(folder, 'ledger', 'tile', String(level)), { recursive: true });
      for (const path of ['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1']) {
        const file = join(folder, 'ledger', path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, await new TiledTree(memoryReader(hashes), 300).tile(path) ?? '');
      }
      keep(join('ledger', 'checkpoint'), note + witnesses.map((witness) => witness.cosign(note.slice(0, note.indexOf('\n\n') + 1), 1_790_000_000)).join(''));
      keep('entries', bodies.map(formatEntryFile).join(''));
      keep('policy-ledger', kept('policy-two'));
    });

    it('is proven, with its entries and without', () => {
      expect(verify(...WORDS)).toMatchObject({ code: 0, out: expect.stringMatching(/PROVEN {5}Every tile is there.*\nPROVEN {5}Every one of the 300 entries/) });
      expect(verify(...WORDS.slice(0, -2))).toMatchObject({ code: 0, out: expect.stringContaining('not asked  The entries themselves') });
    });

    it.each([
      ['tile/0/000', 8_000, 'tile/0/000'], ['tile/0/001.p/44', 1_000, 'tile/0/001.p/44'], ['tile/1/000.p/1', 3, 'tile/1/000.p/1'],
      ['checkpoint', 40, 'NOT PROVEN'], ['../entries', 100, 'Entry 0'],
    ])('is refused when a bit of %s is turned over, by name', (path, at, named) => {
      const file = join(folder, 'ledger', path);
      const octets = readFileSync(file);
      octets[at] = (octets[at] ?? 0) ^ 1;
      writeFileSync(file, octets);
      expect(verify(...WORDS)).toMatchObject({ code: 1, out: expect.stringMatching(new RegExp(`NOT PROVEN.*${named === 'NOT PROVEN' ? '' : named.replaceAll('.', '\\.')}`)) });
    });
  });

  it.each<[string, () => readonly string[]]>([
    ['a body with one letter changed', () => [...KEY, 'proof', '--entry', keep('bad', kept('entry.json').replace('note.add', 'note.ade'))]],
    ['another salt', () => [...KEY, 'proof', '--entry', keep('bad', formatEntryFile({ ...entry, salt: new Uint8Array(16) }))]],
    ['an entry file spelt otherwise', () => [...KEY, 'proof', '--entry', keep('bad', ` ${kept('entry.json')}`)]],
    ['another place', () => [...KEY, keep('bad', kept('proof').replace('index 5', 'index 6')), '--entry', 'entry.json']],
    ['another size under the signature', () => [...KEY, keep('bad', kept('proof').replace('\n13\n', '\n14\n')), '--entry', 'entry.json']],
    ['a proof that is none', () => [...KEY, 'kept', '--entry', 'entry.json']],
    ['the key of another ledger', () => ['--key', impostor.verifierKey, 'proof', '--entry', 'entry.json']],
    ['the key of another ledger under this one\'s name', () => ['--key', new TestLogNamed(log.origin).verifierKey, 'proof', '--entry', 'entry.json']],
  ])('does not prove %s', (_, words) => {
    const { code, out } = verify(...words());
    expect({ code, refuted: out.includes('NOT PROVEN'), end: out.endsWith('This does NOT hold.\n') }).toEqual({ code: 1, refuted: true, end: true });
  });

  it.each<[string, readonly string[], string]>([
    ['no key', ['proof', '--entry', 'entry.json'], '--key'],
    ['a key that is none', ['--key', 'x+y', 'proof', '--entry', 'entry.json'], '--key'],
    ['nothing to check', [...KEY], 'Name one file'],
    ['entries without a tree', [...KEY, 'proof', '--entries', 'entry.json'], 'Say what is to be proven'],
    ['two things to prove', [...KEY, 'proof', '--entry', 'entry.json', '--from', 'kept'], 'Say what is to be proven'],
    ['no proof', [...KEY, '--entry', 'entry.json'], 'Name one file'],
    ['a file that is not there', [...KEY, 'absent', '--entry', 'entry.json'], 'cannot be read'],
    ['a policy that is none', [...KEY, '--policy', 'proof', 'proof', '--entry', 'entry.json'], 'Line 1'],
    ['an unknown word', [...KEY, '--loud', 'proof', '--entry', 'entry.json'], '--loud'],
    ['a proof beside a tree', [...KEY, 'proof', '--tiles', 'ledger'], 'there is no proof to name'],
    ['entries without a tree', [...KEY, 'proof', '--entry', 'entry.json', '--entries', 'entries'], 'goes with --tiles'],
    ['a tree that is not there', [...KEY, '--tiles', 'absent'], 'cannot be read'],
    ['no hash', [...KEY, 'proof', '--leaf', '-'], '--leaf'],
  ])('says what is wrong with a command line that has %s', (_, words, sentence) => {
    const { code, out, err } = verify(...words);
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringContaining(sentence) });
  });
});

/** A log of the same name with another key. */
class TestLogNamed {
  readonly verifierKey: string;

  constructor(name: string) {
    const { verifierKey } = new TestLog('other.example/ledger');
    const key = Buffer.from(verifierKey.split('+').slice(2).join('+'), 'base64').subarray(1);
    this.verifierKey = formatVerifierKey(name, key);
  }
}
