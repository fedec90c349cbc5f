import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { canonicalJson, type EntryId, type Json } from '../../libs/kernel/index.js';
import type { LedgerReport } from '../../src/ledger/index.js';
import { LedgerScene } from './ledger-scene.js';

jest.setTimeout(60_000);

const SIZE = 23;
const AT = 9;

describe('checking the ledger in the database', () => {
  let scene: LedgerScene;
  let ids: readonly EntryId[];

  beforeEach(async () => {
    scene = await LedgerScene.open();
    ids = await scene.fill(SIZE);
  }, 120_000);
  afterEach(() => scene.close());

  const idAt = (index: number): string => ids[index] ?? '';

  /** The ledger is not whole, and says so of this entry. */
  function expectNamed(report: LedgerReport, code: string, index: number): void {
    expect(report.whole).toBe(false);
    expect(report.findings).toContainEqual(expect.objectContaining({ code, index, entryId: idAt(index) }));
  }

  it('says that an untouched ledger is whole, also with entries waiting', async () => {
    expect(await scene.check()).toMatchObject({ whole: true, entries: SIZE, waiting: 0, findings: [] });
    await scene.record();
    expect(await scene.check()).toMatchObject({ whole: true, entries: SIZE, waiting: 1, findings: [] });
  });

  it('names the entry whose body was altered', async () => {
    await scene.tamper(`UPDATE ledger_entry SET body = replace(body, 'Amira', 'Admin') WHERE id = '${idAt(AT)}'`);
    const report = await scene.check();
    expectNamed(report, 'leaf-mismatch', AT);
    expect(report.findings).toHaveLength(1);
  });

  it('names the entry whose salt or whose leaf hash was altered', async () => {
    await scene.tamper(`UPDATE ledger_entry SET salt = decode(repeat('00', 16), 'hex') WHERE id = '${idAt(3)}'`);
    await scene.tamper(`UPDATE ledger_leaf SET leaf_hash = sha256('x') WHERE index = ${AT}`);
    const report = await scene.check();
    expectNamed(report, 'leaf-mismatch', 3);
    expectNamed(report, 'leaf-mismatch', AT);
  });

  it('finds an entry altered together with both of its leaf hashes', async () => {
    const forged = `sha256('\\x00'::bytea || salt || convert_to(replace(body, 'Amira', 'Admin'), 'UTF8'))`;
    await scene.tamper(
      `UPDATE ledger_leaf l SET leaf_hash = ${forged} FROM ledger_entry e WHERE e.id = l.entry_id AND l.index = ${AT}`,
      `UPDATE ledger_entry SET leaf_hash = ${forged}, body = replace(body, 'Amira', 'Admin') WHERE id = '${idAt(AT)}'`,
    );
    const report = await scene.check();
    expect(report.whole).toBe(false);
    expect(report.findings.map(({ message }) => message).join('\n')).toContain(idAt(AT));
  });

  it('names a node and a checkpoint that were altered', async () => {
    await scene.tamper(
      `UPDATE ledger_node SET hash = sha256('x') WHERE level = 2 AND index = 1`,
      `UPDATE ledger_checkpoint SET note = replace(note, E'\\n15\\n', E'\\n16\\n') WHERE size = 15`,
    );
    const report = await scene.check();
    expect(report.findings.map(({ code }) => code).sort()).toEqual(['checkpoint-bad', 'node-mismatch']);
    expect(report.findings.map(({ message }) => message).join('\n')).toMatch(/level 2.*|checkpoint of 15/);
  });

  it('names the entry whose row was deleted, and the one whose leaf was', async () => {
    await scene.tamper(`DELETE FROM ledger_entry WHERE id = '${idAt(AT)}'`, `DELETE FROM ledger_leaf WHERE index = 3`);
    const report = await scene.check();
    expectNamed(report, 'body-missing', AT);
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'entry-missing', index: 3 }));
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'entry-unplaced', entryId: idAt(3) }));
  });

  it('names both of two entries whose indexes were swapped', async () => {
    await scene.tamper(
      `UPDATE ledger_leaf SET index = 1000 WHERE index = 2`,
      `UPDATE ledger_leaf SET index = 2 WHERE index = 17`,
      `UPDATE ledger_leaf SET index = 17 WHERE index = 1000`,
    );
    const said = (await scene.check()).findings.map(({ message }) => message).join('\n');
    expect(said).toContain(idAt(2));
    expect(said).toContain(idAt(17));
  });

  it('names the entries of a tail that was cut off, and of one whose checkpoints went too', async () => {
    await scene.tamper(`DELETE FROM ledger_leaf WHERE index >= 20`);
    expect((await scene.check()).findings).toContainEqual(
      expect.objectContaining({ code: 'entry-missing', index: 20, message: 'Entries 20 to 22 are missing from the log.' }),
    );
    await scene.tamper(`DELETE FROM ledger_checkpoint WHERE size > 20`);
    const report = await scene.check();
    for (const at of [20, 21, 22]) {
      expect(report.findings).toContainEqual(expect.objectContaining({ code: 'entry-unplaced', entryId: idAt(at) }));
    }
  });

  it('sees a ledger cut back whole against a checkpoint that somebody kept', async () => {
    const { rows } = await scene.superuser.query<{ note: string }>(
      'SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1',
    );
    await scene.tamper(
      `DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE index >= 20)`,
      `DELETE FROM ledger_leaf WHERE index >= 20`,
      `DELETE FROM ledger_node WHERE (index + 1) * (1 << level) > 20`,
      `DELETE FROM ledger_checkpoint WHERE size > 20`,
    );
    expect(await scene.check()).toMatchObject({ whole: true, entries: 20 });
    const report = await scene.check(rows.map(({ note }) => note));
    expect(report.findings.map(({ code }) => code)).toEqual(['forked']);
  });

  it('names the entry that a search no longer finds because its columns were made to lie', async () => {
    await scene.tamper(
      `ALTER TABLE ledger_entry ALTER COLUMN person_name DROP EXPRESSION`,
      `UPDATE ledger_entry SET person_name = 'Nobody' WHERE id = '${idAt(AT)}'`,
    );
    const report = await scene.check();
    expectNamed(report, 'entry-fault', AT);
    expect(report.findings[0]?.message).toContain('person_name');
  });

  it('names an entry that was altered before it had an index, and one whose ticket was taken', async () => {
    const [altered, robbed] = [await scene.record(), await scene.record()];
    await scene.tamper(
      `UPDATE ledger_entry SET body = replace(body, 'Amira', 'Admin') WHERE id = '${altered}'`,
      `DELETE FROM ledger_waiting WHERE entry_id = '${robbed}'`,
    );
    const { findings } = await scene.check();
    expect(findings.map(({ code, entryId }) => [code, entryId]).sort()).toEqual([
      ['entry-unplaced', robbed],
      ['leaf-mismatch', altered],
    ].sort());
  });

  it('searches by exactly what the body says, whatever an attacker put into it', async () => {
    const title = 'a\0b \ud800 \u202e "quoted" \\ \u2028';
    const id = await scene.record({ subject: { kind: 'note', id: 'x', title }, details: { items: ['one', 'two'], n: Number.NaN } });
    const { rows } = await scene.superuser.query<{ body: string; item_ids: Json; at: Date; verb: string }>(
      'SELECT body, item_ids, at, verb FROM ledger_entry WHERE id = $1',
      [id],
    );
    const body = JSON.parse(rows[0]?.body ?? '{}') as { at: string; subject: { title: string } };
    expect(canonicalJson(body as unknown as Json)).toBe(rows[0]?.body);
    expect(body.subject.title).toBe('a\u2400b \ufffd \u202e "quoted" \\ \u2028');
    expect(rows[0]).toMatchObject({ item_ids: ['one', 'two'], at: new Date(body.at), verb: 'note.add' });
  });
});
