import { describe, expect, it } from '@jest/globals';
import { oracleWitness } from '../../test/vectors/tlog/cosignature-oracle.js';
import { memoryReader } from '../../test/vectors/tlog/oracle.js';
import { TestLog } from '../../test/vectors/tlog/two-histories.js';
import { canonicalJson, must } from '../kernel/index.js';
import { TiledTree, formatProofFile, makeInclusionProof } from '../tlog/index.js';
import { parsePolicy } from '../witness/index.js';
import { formatEntryFile, formatErasedEntry, leafHashOf, verifyEntry, verifyTiles, type Trust, type Verdict } from './index.js';

const ENTRIES = 260;
/** Octets that are read at a time: a few entries, and no whole number of them. */
const PIECE = 1_021;
const log = new TestLog('demonstration.example/ledger');
const witnesses = ['a.example/witness', 'b.example/witness'].map((name, at) => oracleWitness(name, new Uint8Array(32).fill(at + 1)));
const POLICY = [`log ${log.verifierKey}`, ...witnesses.map(({ verifierKey }, at) => `witness w${at} ${verifierKey}`), 'group g all w0 w1', 'quorum g', ''].join('\n');
const TRUST: Trust = { key: log.verifier, policy: must(parsePolicy(POLICY)) };

const entries = Array.from({ length: ENTRIES }, (_, at) => ({ salt: new Uint8Array(16).fill(at), body: canonicalJson({ at, verb: 'note.add', who: 'Amira \u2028Rahman' }) }));
const leaves = entries.map(leafHashOf);
const reader = memoryReader(leaves);
const signed = log.checkpoint(leaves);
const checkpoint = signed + witnesses.map((witness) => witness.cosign(signed.slice(0, signed.indexOf('\n\n') + 1), 1_790_000_000)).join('');

/** What is wrong, without which nothing may fail. */
const refutations = ({ holds, findings }: Verdict): readonly string[] => {
  const refuted = findings.filter(({ state }) => state === 'refuted').map(({ message }) => message);
  expect(holds).toBe(refuted.length === 0);
  return refuted;
};

/** The text with one bit of its UTF-8 turned over, as a file reader would give it. */
const flip = (text: string, bit: number): string => flipped(text, bit).toString();

function flipped(text: string, bit: number): Buffer {
  const octets = Buffer.from(text);
  octets[bit >> 3] = (octets[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return octets;
}

/** Every bit, or one in so many: the step is no multiple of eight, so that every bit of a byte is among them. */
const bitsOf = (text: string, step = 1): readonly number[] => Array.from({ length: Math.ceil((Buffer.byteLength(text) * 8) / step) }, (_, at) => at * step);

describe('one bit of a proof', () => {
  const index = 77;
  const entryFile = formatEntryFile(entries[index] ?? { salt: new Uint8Array(16), body: '' });
  const proof = async (): Promise<string> => formatProofFile({ index, path: must(await makeInclusionProof(reader, index, ENTRIES)), checkpoint });

  it('cannot be turned over, in the proof, the checkpoint, the signature or a cosignature', async () => {
    const text = await proof();
    expect(refutations(verifyEntry(text, { entryFile }, TRUST))).toEqual([]);
    expect(bitsOf(text).filter((bit) => refutations(verifyEntry(flip(text, bit), { entryFile }, TRUST)).length === 0)).toEqual([]);
  });

  it('cannot be turned over in the entry', async () => {
    const text = await proof();
    expect(bitsOf(entryFile).filter((bit) => refutations(verifyEntry(text, { entryFile: flip(entryFile, bit) }, TRUST)).length === 0)).toEqual([]);
  });
});

describe('a whole ledger that was handed over', () => {
  const files = async (): Promise<Map<string, Uint8Array>> => {
    const tree = new TiledTree(reader, ENTRIES);
    return new Map(await Promise.all(tree.paths().map(async (path) => [path, await tree.tile(path) ?? new Uint8Array()] as const)));
  };
  /** The file of entries as a stream reads it, in pieces that end anywhere: in the middle of a line, and of a letter. */
  // eslint-disable-next-line @typescript-eslint/require-await -- pieces as a stream of a file gives them
  async function* fileOf(lines: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
    const octets = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
    for (let from = 0; from < octets.length; from += PIECE) yield octets.subarray(from, from + PIECE);
  }
  const lines = entries.map((entry) => formatEntryFile(entry).trimEnd());
  const check = (tiles: Map<string, Uint8Array>, given: readonly (string | Buffer)[] = lines, note = checkpoint): Promise<Verdict> =>
    verifyTiles({ checkpoint: note, tile: (path) => Promise.resolve(tiles.get(path)), entries: fileOf(given.map((line) => Buffer.from(line))) }, TRUST);

  it('holds as it was signed, and says what was not asked without entries', async () => {
    const tiles = await files();
    expect([...tiles.keys()]).toEqual(['tile/0/000', 'tile/0/001.p/4', 'tile/1/000.p/1']);
    expect((await check(tiles)).findings.map(({ state, code }) => `${state} ${code}`)).toEqual(['proven signed', 'proven witnessed', 'proven tiles', 'proven entries']);
    const bare = await verifyTiles({ checkpoint, tile: (path) => Promise.resolve(tiles.get(path)) }, TRUST);
    expect(bare.findings.map(({ state, code }) => `${state} ${code}`)).toContain('open entries');
  });

  it('holds with entries that were erased, of which it says so, and with no other leaf in their place', async () => {
    const tiles = await files();
    const leaf = leafHashOf(entries[3] ?? { salt: new Uint8Array(16), body: '' });
    const erased = formatErasedEntry(leaf).trimEnd();
    const some = await check(tiles, lines.with(3, erased));
    expect(some.holds).toBe(true);
    expect(some.findings.map(({ state, code }) => `${state} ${code}`)).toContain('open entries-erased');
    expect(some.findings.map(({ message }) => message)).toContain(`Every one of the ${ENTRIES - 1} entries hashes to its leaf.`);
    expect(refutations(await check(tiles, lines.with(4, erased)))).toEqual([expect.stringContaining('Entry 4: ')]);
    const padded = erased.replace('{', '{ ');
    expect(refutations(await check(tiles, lines.with(3, padded)))).toEqual([expect.stringContaining('Entry 3: ')]);
  });

  it('is refused for one bit of any hash of any tile, and the tile is named', async () => {
    const whole = await files();
    for (const [path, octets] of whole) {
      for (let hash = 0; hash * 32 < octets.length; hash += 1) {
        const bit = hash * 256 + ((hash * 37) % 256);
        const bad = Uint8Array.from(octets, (octet, at) => (at === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet));
        const wrong = refutations(await check(new Map([...whole, [path, bad]])));
        expect({ path, hash, named: wrong.some((message) => message.includes(path)) }).toEqual({ path, hash, named: true });
      }
    }
  });

  it('is refused for one bit of the checkpoint, its signature and its cosignatures', async () => {
    const tiles = await files();
    for (const bit of bitsOf(checkpoint, 13)) expect({ bit, refused: refutations(await check(tiles, lines, flip(checkpoint, bit))).length > 0 }).toEqual({ bit, refused: true });
  });

  it('is refused for one bit of any entry, and the entry is named', async () => {
    const tiles = await files();
    for (const at of [0, 255, 259]) {
      for (const bit of bitsOf(lines[at] ?? '', 7)) {
        // A line end is where an entry ends: it makes two lines of one, and everything after it stands at the wrong place.
        const bad = flipped(lines[at] ?? '', bit);
        expect({ at, bit, wrong: refutations(await check(tiles, [...lines.slice(0, at), bad, ...lines.slice(at + 1)]))[0] ?? '' }).toEqual({ at, bit, wrong: expect.stringContaining(`Entry ${at}`) });
      }
    }
  });

  it('is refused where no text stands in the place of the letter that is put for no text, and the next entry is read', async () => {
    const marked = { salt: new Uint8Array(16), body: canonicalJson({ at: 0, who: 'Amira \ufffd' }) };
    const [hashes, line] = [[leafHashOf(marked), ...leaves.slice(1)], formatEntryFile(marked).trimEnd()];
    const tree = new TiledTree(memoryReader(hashes), ENTRIES);
    const tiles = new Map(await Promise.all(tree.paths().map(async (path) => [path, (await tree.tile(path)) ?? new Uint8Array()] as const)));
    const unsigned = log.checkpoint(hashes);
    const note = unsigned + witnesses.map((witness) => witness.cosign(unsigned.slice(0, unsigned.indexOf('\n\n') + 1), 1_790_000_000)).join('');
    expect(refutations(await check(tiles, [line, ...lines.slice(1)], note))).toEqual([]);
    const broken = Buffer.from(Buffer.from(line).toString('latin1').replace('\u00ef\u00bf\u00bd', '\u00ff'), 'latin1');
    expect(refutations(await check(tiles, [broken, ...lines.slice(1)], note))).toEqual([expect.stringContaining('Entry 0: ')]);
  });

  it('is refused with a line that never ends, of which no more is kept than an entry can be long', async () => {
    const tiles = await files();
    const endless = Buffer.alloc(5_000_000, lines[3] ?? '');
    expect(refutations(await check(tiles, [...lines.slice(0, 3), endless, ...lines.slice(4)]))).toEqual([expect.stringContaining('Entry 3: ')]);
  });

  it.each<[string, (tiles: Map<string, Uint8Array>) => readonly string[], string]>([
    ['an entry removed', () => lines.toSpliced(99, 1), 'Entry 99 '],
    ['an entry put in', () => lines.toSpliced(99, 0, lines[3] ?? ''), 'Entry 99 '],
    ['two entries swapped', () => lines.with(2, lines[200] ?? '').with(200, lines[2] ?? ''), 'Entry 200 '],
    ['the tail cut off', () => lines.slice(0, 250), 'Entries 250 to 259 are missing'],
    ['a tail put on', () => [...lines, lines[0] ?? ''], 'more entries than the 260'],
    ['a tile removed', (tiles) => (tiles.delete('tile/0/000'), lines), 'tile/0/000 is missing'],
    ['a tile cut short', (tiles) => (tiles.set('tile/0/000', new Uint8Array(8_160)), lines), 'tile/0/000: '],
    ['the tile over others removed', (tiles) => (tiles.delete('tile/1/000.p/1'), lines), 'tile/1/000.p/1 is missing'],
    ['tiles of another ledger', (tiles) => (tiles.set('tile/0/001.p/4', Buffer.concat(leaves.slice(0, 4))), lines), 'tile/0/001.p/4'],
  ])('is refused with %s', async (_, given, sentence) => {
    const tiles = await files();
    const wrong = refutations(await check(tiles, given(tiles)));
    expect(wrong.join('\n')).toContain(sentence);
  });

  it('lists the first hundred findings and counts the rest', async () => {
    const wrong = refutations(await check(await files(), lines.toReversed()));
    expect([wrong.length, wrong.at(-1)]).toEqual([101, 'And 160 more.']);
  });
});
