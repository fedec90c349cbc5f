import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { canonicalJson, type EntryId, type Json } from '../../libs/kernel/index.js';
import { sequenceBatch, type LedgerReport } from '../../src/ledger/index.js';
import { oracleWitness } from '../vectors/tlog/cosignature-oracle.js';
import { KEY, LedgerScene } from './ledger-scene.js';

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
      `ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_read_body`,
      `UPDATE ledger_entry SET person_name = 'Nobody' WHERE id = '${idAt(AT)}'`,
    );
    const report = await scene.check();
    expectNamed(report, 'entry-fault', AT);
    expect(report.findings[0]?.message).toContain('person_name');
  });

  it('names an entry that was altered before it had an index, one whose ticket was taken, and one of which only the ticket was left', async () => {
    const [altered, robbed, gone] = [await scene.record(), await scene.record(), await scene.record()];
    await scene.tamper(
      `UPDATE ledger_entry SET body = replace(body, 'Amira', 'Admin') WHERE id = '${altered}'`,
      `DELETE FROM ledger_waiting WHERE entry_id = '${robbed}'`,
      `DELETE FROM ledger_entry WHERE id = '${gone}'`,
    );
    const { findings } = await scene.check();
    expect(findings.map(({ code, entryId }) => [code, entryId]).sort()).toEqual([
      ['body-missing', gone],
      ['entry-unplaced', robbed],
      ['leaf-mismatch', altered],
    ].sort());
  });

  it('lists a thousand of what was found in each way and counts the rest, so that a flood hides nothing', async () => {
    await scene.tamper(
      `INSERT INTO ledger_waiting (entry_id, at) SELECT gen_random_uuid(), now() FROM generate_series(1, 1205)`,
      `UPDATE ledger_checkpoint SET signed_at = now() - size * interval '1 hour'`,
    );
    const { findings, unlisted, whole } = await scene.check();
    const found = (code: string): number => findings.filter((finding) => finding.code === code).length;
    expect({ whole, unlisted, gone: found('body-missing'), late: found('out-of-time') > 0 }).toEqual({ whole: false, unlisted: 205, gone: 1_000, late: true });
  });

  it('names the bit that was turned over, in any hash, salt or checkpoint that is stored', async () => {
    const flip = (column: string, bit: number): string => `${column} = set_bit(${column}, ${bit}, 1 - get_bit(${column}, ${bit}))`;
    const stored: [string, string, string][] = [];
    for (const at of [0, 7, 15, 16, 22]) {
      stored.push(['ledger_leaf', flip('leaf_hash', at * 11), `index = ${at}`]);
      for (const [column, bit] of [['salt', at * 5], ['leaf_hash', 255 - at]] as const) stored.push(['ledger_entry', flip(column, bit), `id = '${idAt(at)}'`]);
    }
    const { rows } = await scene.superuser.query<{ level: number; index: string }>('SELECT level, index FROM ledger_node');
    rows.forEach(({ level, index }, at) => stored.push(['ledger_node', flip('hash', (at * 37) % 256), `level = ${level} AND index = ${index}`]));
    for (const [table, set, where] of stored) {
      await scene.tamper(`UPDATE ${table} SET ${set} WHERE ${where}`);
      const { whole, findings } = await scene.check();
      expect({ table, where, whole, named: findings.length > 0 && findings.every(({ message }) => message !== '') }).toEqual({ table, where, whole: false, named: true });
      await scene.tamper(`UPDATE ${table} SET ${set} WHERE ${where}`);
    }
    expect((await scene.check()).whole).toBe(true);
  });

  it('names the checkpoint of which any bit was turned over', async () => {
    const { rows } = await scene.superuser.query<{ note: string }>('SELECT note FROM ledger_checkpoint WHERE size = 15');
    const octets = Buffer.from(rows[0]?.note ?? '');
    for (let bit = 0; bit < octets.length * 8; bit += 19) {
      const bad = Buffer.from(octets);
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = bad.toString();
      // What is no text cannot be stored as one.
      if (!Buffer.from(text).equals(bad) || text.includes('\0')) continue;
      await scene.tamper(`UPDATE ledger_checkpoint SET note = convert_from('\\x${bad.toString('hex')}', 'UTF8') WHERE size = 15`);
      expect({ bit, codes: (await scene.check()).findings.map(({ code }) => code) }).toEqual({ bit, codes: ['checkpoint-bad'] });
    }
  });

  it('names a node put in, a leaf put in, and a checkpoint filed under another size', async () => {
    await scene.tamper(`INSERT INTO ledger_node (level, index, hash) VALUES (3, 77, sha256('x'))`);
    expect((await scene.check()).findings.map(({ code }) => code)).toEqual(['node-unsigned']);
    await scene.tamper(`DELETE FROM ledger_node WHERE index = 77`, `UPDATE ledger_checkpoint SET size = 14 WHERE size = 15`);
    expect((await scene.check()).findings.map(({ code }) => code)).toContain('checkpoint-bad');
    await scene.tamper(`UPDATE ledger_checkpoint SET size = 15 WHERE size = 14`);
    const id = await scene.record();
    await scene.tamper(
      `DELETE FROM ledger_waiting WHERE entry_id = '${id}'`,
      `INSERT INTO ledger_leaf (index, entry_id, at, leaf_hash) SELECT 23, id, at, leaf_hash FROM ledger_entry WHERE id = '${id}'`,
    );
    expect((await scene.check()).findings).toEqual([expect.objectContaining({ code: 'entry-unsigned', entryId: id, index: 23 })]);
  });

  it('names an entry that was back-dated by whoever holds the key, one that was post-dated, and a checkpoint that was', async () => {
    for (const [time, when] of [['2020-01-01T00:00:00.000Z', 'more than a day before'], ['2099-01-01T00:00:00.000Z', 'after the checkpoint']] as const) {
      const id = randomUUID();
      const body = canonicalJson({ at: time, category: 'collection', id, outcome: 'done', verb: 'note.add' });
      await scene.superuser.query(
        `INSERT INTO ledger_entry (id, at, salt, body, leaf_hash) VALUES ($1, $2, $3, $4, sha256('\\x00'::bytea || $3 || convert_to($4, 'UTF8')))`, [id, time, Buffer.alloc(16), body]);
      await sequenceBatch(await scene.worker(), KEY, () => new Date());
      expect((await scene.check()).findings.filter(({ entryId }) => entryId === id)).toEqual([expect.objectContaining({ code: 'out-of-time', message: expect.stringContaining(when) })]);
    }
    await scene.tamper(`UPDATE ledger_checkpoint SET signed_at = signed_at - interval '1 hour' WHERE size = 15`);
    expect((await scene.check()).findings.map(({ message }) => message).join()).toContain('The checkpoint of 15 entries says it was signed at');
  });

  it('names a cosignature that does not hold, is filed under another checkpoint, time or key', async () => {
    const [witness, other] = ['a.example/witness', 'b.example/witness'].map((name, at) => oracleWitness(name, new Uint8Array(32).fill(at + 1)));
    const { rows } = await scene.superuser.query<{ size: string; note: string }>('SELECT size, note FROM ledger_checkpoint WHERE size IN (10, 15) ORDER BY size');
    for (const { size, note } of rows) {
      const line = witness?.cosign(note.slice(0, note.indexOf('\n\n') + 1), 1_790_000_000);
      await scene.superuser.query('INSERT INTO ledger_cosignature (size, witness, line, cosigned_at, received_at) VALUES ($1, $2, $3, to_timestamp(1790000000), now())', [size, witness?.verifierKey, line]);
    }
    expect(await scene.check()).toMatchObject({ whole: true, findings: [] });
    const [good] = (await scene.superuser.query<{ line: string }>('SELECT line FROM ledger_cosignature WHERE size = 15')).rows;
    for (const damage of [
      `line = overlay(line placing CASE substr(line, 60, 1) WHEN 'B' THEN 'C' ELSE 'B' END from 60 for 1)`, `line = (SELECT line FROM ledger_cosignature WHERE size = 10)`, `cosigned_at = cosigned_at - interval '1 day'`,
      `witness = '${other?.verifierKey ?? ''}'`, `witness = 'nobody'`, `size = 11`,
    ]) {
      await scene.tamper(`UPDATE ledger_cosignature SET ${damage} WHERE size = 15`);
      expect({ damage, codes: (await scene.check()).findings.map(({ code }) => code) }).toEqual({ damage, codes: ['cosignature-bad'] });
      await scene.superuser.query(`SET session_replication_role = 'replica'`);
      await scene.superuser.query(`UPDATE ledger_cosignature SET size = 15, line = $1, witness = $2, cosigned_at = to_timestamp(1790000000) WHERE size <> 10`, [good?.line, witness?.verifierKey]);
      await scene.superuser.query(`SET session_replication_role = 'origin'`);
    }
    expect((await scene.check()).whole).toBe(true);
  });

  it('looks at every entry that waits, however many do', async () => {
    await scene.superuser.query(`
      INSERT INTO ledger_entry (id, at, salt, body, leaf_hash)
      SELECT id, at, salt, body, sha256('\\x00'::bytea || salt || convert_to(body, 'UTF8'))
        FROM (SELECT n.id, e.at, e.salt, replace(e.body, e.id::text, n.id::text) AS body
                FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 1501)) n, (SELECT id, at, salt, body FROM ledger_entry LIMIT 1) e) made`);
    const { rows: [last] } = await scene.superuser.query<{ id: string }>('SELECT entry_id AS id FROM ledger_waiting ORDER BY entry_id DESC LIMIT 1');
    const before = await scene.check();
    expect(before).toMatchObject({ whole: true, waiting: expect.any(Number) });
    expect(before.waiting).toBeGreaterThanOrEqual(1501);
    await scene.tamper(`DELETE FROM ledger_waiting WHERE entry_id = '${last?.id ?? ''}'`);
    expect(await scene.check()).toMatchObject({ whole: false, waiting: before.waiting - 1, findings: [{ code: 'entry-unplaced', entryId: last?.id }] });
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
