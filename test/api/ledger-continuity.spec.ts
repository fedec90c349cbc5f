import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { must } from '../../libs/kernel/index.js';
import { CompactRange, signCheckpoint, verifyConsistencyFile, verifyProofFile } from '../../libs/tlog/index.js';
import { ledgerKey, pgConnection, proveContinuity, proveEntryAt, readEarlierTree, sequenceBatch, steadily, type Continuity, type ProvedEntry } from '../../src/ledger/index.js';
import { KEY, LedgerScene, newKeyPem } from './ledger-scene.js';

jest.setTimeout(60_000);

const SIZE = 23;
const THEN = 15;

describe('holding the ledger against an earlier one', () => {
  let scene: LedgerScene;
  let kept: string;

  beforeEach(async () => {
    scene = await LedgerScene.open();
    await scene.fill(SIZE);
    kept = await noteAt(THEN);
  }, 120_000);
  afterEach(() => scene.close());

  async function noteAt(size: number): Promise<string> {
    const { rows } = await scene.superuser.query<{ note: string }>('SELECT note FROM ledger_checkpoint WHERE size = $1', [size]);
    return rows[0]?.note ?? '';
  }

  async function prove(from: string): Promise<Continuity> {
    const connection = pgConnection(await scene.connect(scene.database.ownerUrl));
    return steadily(connection, () => proveContinuity(connection, KEY, must(readEarlierTree(from, KEY))));
  }

  async function proveEntry(index: number): Promise<ProvedEntry> {
    const connection = pgConnection(await scene.connect(scene.database.ownerUrl));
    return steadily(connection, () => proveEntryAt(connection, KEY, index));
  }

  /** Removes every entry from `size` on, as somebody with all rights over the database would. */
  const cutTo = (size: number): Promise<void> =>
    scene.tamper(
      `DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE index >= ${size})`,
      `DELETE FROM ledger_leaf WHERE index >= ${size}`,
      `DELETE FROM ledger_node WHERE (index + 1) * (1 << level) > ${size}`,
      `DELETE FROM ledger_checkpoint WHERE size > ${size}`,
    );

  it('gives a proof that whoever kept the checkpoint can verify without this product', async () => {
    const proved = await prove(kept);
    expect(proved).toMatchObject({ holds: true, code: undefined, from: THEN, size: SIZE, checkpoint: await noteAt(SIZE) });
    const known = must(readEarlierTree(kept, KEY));
    expect(verifyConsistencyFile(proved.proof, known as never, KEY.origin, KEY.trusted)).toMatchObject({ ok: true, value: { size: SIZE } });
    expect(proved.proof).toBe(`${proved.proof.split('\n\n')[0] ?? ''}\n\n${proved.checkpoint}`);
  });

  it('holds for the checkpoint of now, for every size, and for the beginning, with entries waiting', async () => {
    await scene.record();
    expect(await prove(await noteAt(SIZE))).toMatchObject({ holds: true, from: SIZE, size: SIZE });
    for (let size = 0; size <= SIZE; size += 1) expect(await prove(String(size))).toMatchObject({ holds: true, from: size, size: SIZE });
  });

  it('says that a ledger was cut back to an earlier whole state', async () => {
    await cutTo(10);
    const proved = await prove(kept);
    expect(proved).toMatchObject({ holds: false, code: 'cut', from: THEN, size: 10, proof: '' });
    expect(proved.message).toBe('The ledger has 10 entries, fewer than the 15 it was signed for then: entries were cut off.');
    expect(await prove(await noteAt(10))).toMatchObject({ holds: true });
  });

  it('says that everything is gone', async () => {
    await cutTo(0);
    expect(await prove(kept)).toMatchObject({ holds: false, code: 'cut', size: 0, checkpoint: '' });
    expect(await prove('0')).toMatchObject({ holds: false, message: expect.stringContaining('Nothing has been signed yet') });
  });

  it('says that a ledger was rewritten with its own key, which no check of the ledger alone can see', async () => {
    await cutTo(10);
    const worker = await scene.worker();
    for (let at = 10; at < 30; at += 1) await scene.record({ reason: 'another history' });
    await sequenceBatch(worker, KEY, () => new Date());
    expect(await scene.check()).toMatchObject({ whole: true, entries: 30 });
    const proved = await prove(kept);
    expect(proved).toMatchObject({ holds: false, code: 'forked', from: THEN, size: 30, proof: '' });
    expect(proved.message).toContain(kept.split('\n')[2]);
    expect(await prove(await noteAt(10))).toMatchObject({ holds: true, from: 10, size: 30 });
  });

  it('takes the checkpoint the ledger keeps for a size, where it keeps one, and not the tree as it is now', async () => {
    await scene.tamper(`UPDATE ledger_leaf SET leaf_hash = sha256('x') WHERE index = 14`);
    expect(await prove(String(THEN))).toMatchObject({ holds: false, code: 'forked' });
    await scene.tamper(`UPDATE ledger_node SET hash = sha256('x') WHERE level = 4 AND index = 0`);
    expect(await prove(await noteAt(SIZE))).toMatchObject({ holds: false, code: 'forked', from: SIZE });
  });

  it.each([
    ['a tree that does not lead to its signed root', `UPDATE ledger_leaf SET leaf_hash = sha256('x') WHERE index = 22`, 'does not lead to its signed root'],
    ['a tree with a hole', `DELETE FROM ledger_node WHERE level = 2 AND index = 4`, 'The ledger lacks node 2/4'],
    ['a checkpoint filed under another size', `UPDATE ledger_checkpoint SET size = 22 WHERE size = 23`, 'the latest checkpoint is not one this ledger signed'],
    ['a latest checkpoint nobody signed', `UPDATE ledger_checkpoint SET note = replace(note, E'\\n23\\n', E'\\n24\\n') WHERE size = 23`, 'the latest checkpoint is not one this ledger signed'],
  ])('says so of %s', async (_, statement, words) => {
    await scene.tamper(statement);
    expect(await prove(kept)).toMatchObject({ holds: false, code: 'broken', proof: '', message: expect.stringContaining(words) });
  });

  it('proves one entry, against what the entry says now', async () => {
    const proved = await proveEntry(9);
    expect(verifyProofFile(proved.proof, new Uint8Array(Buffer.from(proved.leafHash, 'base64')), KEY.origin, KEY.trusted)).toMatchObject({ ok: true });
    await scene.tamper(`UPDATE ledger_entry SET body = replace(body, 'Amira', 'Admin') WHERE id = '${proved.entryId ?? ''}'`);
    expect(await proveEntry(9)).toMatchObject({ proof: '', message: expect.stringContaining('is NOT what was signed') });
    await scene.tamper(`DELETE FROM ledger_entry WHERE id = '${proved.entryId ?? ''}'`, `DELETE FROM ledger_node WHERE level = 2 AND index = 4`);
    expect(await proveEntry(9)).toMatchObject({ proof: '', message: expect.stringContaining('is gone') });
    expect(await proveEntry(20)).toMatchObject({ proof: '' });
    expect(await proveEntry(0)).toMatchObject({ proof: '' });
    await scene.tamper(`DELETE FROM ledger_leaf WHERE index = 5`);
    expect(await proveEntry(5)).toMatchObject({ entryId: undefined, message: 'There is no entry 5 in the ledger.' });
    expect(await proveEntry(23)).toEqual({ entryId: undefined, leafHash: '', proof: '', message: 'There is no entry 23 in the ledger.' });
  });

  describe('reads what was kept only as it was signed', () => {
    const root = CompactRange.empty().root();
    const note = (origin: string, key = KEY.signer): string => must(signCheckpoint({ origin, size: 3, root, extensions: [] }, [key]));
    const other = ledgerKey(newKeyPem(), KEY.origin);
    const messageOf = (text: string): string => {
      const read = readEarlierTree(text, KEY);
      return read.ok ? 'read' : read.error.message;
    };

    it('forgiving only white space after it', () => {
      for (const end of ['', '\n', '\n\n', ' \r\n']) expect(messageOf(kept.trimEnd() + end)).toBe('read');
      expect(messageOf('15\n')).toBe('read');
    });

    it.each<[string, () => string, RegExp]>([
      ['nothing', () => '', /neither a number of entries nor a signed checkpoint/],
      ['garbage', () => 'x'.repeat(100), /neither/],
      ['two megabytes', () => 'x'.repeat(2_000_000), /neither/],
      ['a megabyte of spaces with something after it', () => `${' '.repeat(1_000_000)}x`, /neither/],
      ['a NUL and half a surrogate', () => '\0\ud800', /neither/],
      ['a number with a leading zero', () => '015', /neither/],
      ['a negative number', () => '-1', /neither/],
      ['a number that is not exact', () => '9007199254740993', /neither/],
      ['a text without its signature', () => kept.split('\n\n')[0] ?? '', /neither/],
      ['line ends of another system', () => kept.replaceAll('\n', '\r\n'), /neither/],
      ['white space before it', () => ` ${kept}`, /signature under this checkpoint does not hold/],
      ['another size', () => kept.replace('\n15\n', '\n16\n'), /signature under this checkpoint does not hold/],
      ['the key of another', () => note(KEY.origin, other.signer), /not signed with the key of this ledger/],
      ['another ledger of the same key', () => note('other.example/log'), /of another ledger/],
    ])('%s', (_, text, words) => {
      expect(messageOf(text())).toMatch(words);
    });
  });
});
