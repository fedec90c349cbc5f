import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { canonicalJson } from '../../libs/kernel/index.js';
import { verifyTiles } from '../../libs/verifier/index.js';
import { withOperator } from '../../src/cli/operator.js';
import { RetireMonths, exportWhole, exportedState, proveEntryAt, sequenceBatch } from '../../src/ledger/index.js';
import { entryLeafHash } from '../../src/ledger/domain/entry-body.js';
import { stateReason } from '../builders/auditor.js';
import { runChild } from '../builders/child.js';
import { beginMonths, monthAgo } from '../builders/months.js';
import { plantEntry } from '../builders/planted-entry.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';
import { KEY, LedgerScene } from './ledger-scene.js';

jest.setTimeout(120_000);

const [OLD, NEXT, KEPT] = [monthAgo(5), monthAgo(4), monthAgo(3)];
const ORDER = { before: KEPT, keepMonths: 3, hold: [] as readonly string[], reason: 'Kept long enough', decidedBy: 'The data protection officer' };
const SECRET = 'Zephyrine Quillfeather';
const partOf = (month: string): string => `ledger_entry_${month.replace('-', '_')}`;

describe('months that are retired', () => {
  let scene: LedgerScene;
  /** What was recorded of each month, by what it is. */
  let ids: Readonly<Record<string, string>>;
  const cases = { closed: randomUUID(), open: randomUUID(), held: randomUUID(), revived: randomUUID() };

  beforeEach(async () => {
    scene = await LedgerScene.open();
    await beginMonths(scene.superuser, OLD);
    for (const [name, id] of Object.entries(cases)) {
      await scene.tamper(`INSERT INTO workspace (id, reference, title, summary, business, status, lead_agency_id, tier, sensitive, purpose, created_by, created_by_name)
        VALUES ('${id}', 'AR-${name}', 'T', 'S', '{}', '${name === 'open' ? 'open' : 'closed'}', '${randomUUID()}', 1, false, 'P', '${randomUUID()}', 'N')`);
    }
    ids = {
      signIn: await recordIn(OLD, 'session.sign-in'), madeNote: await recordIn(OLD, 'note.add', 'closed'), refused: await recordIn(OLD, 'note.add', 'closed', 'refused'),
      closed: await recordIn(OLD, 'item.read', 'closed'), open: await recordIn(OLD, 'item.read', 'open'), held: await recordIn(OLD, 'item.read', 'held'),
      revived: await recordIn(NEXT, 'item.read', 'revived'), next: await recordIn(NEXT, 'session.sign-in'),
      since: await recordIn(KEPT, 'item.read', 'revived'), later: await recordIn(KEPT, 'session.sign-in'),
    };
    await place();
  }, 120_000);
  afterEach(() => scene.close());

  const place = async () => sequenceBatch(await scene.worker(), KEY, () => new Date());
  const retire = (change: Partial<typeof ORDER> = {}) => withOperator(scene.database.ownerUrl, ({ unit, ledger, context }) => new RetireMonths(unit, ledger).execute(context, { ...ORDER, ...change }));
  const left = async () => {
    const { rows } = await scene.superuser.query<{ id: string }>('SELECT id FROM ledger_entry');
    return Object.entries(ids).flatMap(([name, id]) => (rows.some((row) => row.id === id) ? [name] : []));
  };

  /** An entry of the middle of a month, behind the application's back. */
  async function recordIn(month: string, verb: string, name?: keyof typeof cases, outcome = 'done'): Promise<string> {
    const id = randomUUID();
    const at = `${month}-15T12:00:00.000Z`;
    const workspace = name === undefined ? {} : { workspace: { id: cases[name], reference: `AR-${name}` } };
    const body = canonicalJson({ at, category: 'consultation', id, outcome, verb, reason: SECRET, ...workspace });
    const salt = randomBytes(16);
    await scene.superuser.query('INSERT INTO ledger_entry (id, at, salt, body, leaf_hash) VALUES ($1, $2, $3, $4, $5)', [id, at, salt, body, Buffer.from(entryLeafHash(salt, body))]);
    return id;
  }

  it('go as a whole, but for what is open, worked on since, held, or made something; the tree still verifies, and the check says what went', async () => {
    const before = await scene.check();
    expect(before).toMatchObject({ whole: true, retired: 0, retirements: [] });
    expect(await retire({ hold: ['AR-held'] })).toEqual({ ok: true, value: [expect.objectContaining({ month: OLD, entries: 3, kept: 3 }), expect.objectContaining({ month: NEXT, entries: 1, kept: 1 })] });
    expect(await left()).toEqual(['madeNote', 'open', 'held', 'revived', 'since', 'later']);
    // Of what went nothing is left to find; the parts it lay in are gone, and there is a place for such a time as before.
    expect((await scene.superuser.query('SELECT FROM pg_class WHERE relname = ANY ($1)', [[partOf(OLD), partOf(NEXT)]])).rowCount).toBe(0);
    const { rows: kept } = await scene.superuser.query<{ part: string }>('SELECT tableoid::regclass::text AS part FROM ledger_entry WHERE id = $1', [ids['open']]);
    expect(kept).toEqual([{ part: 'ledger_entry_earlier' }]);
    expect(await scene.check()).toMatchObject({ whole: true, retired: 4, erased: 0, entries: before.entries, rootHash: before.rootHash });
    await place();
    const after = await scene.check();
    expect(after).toMatchObject({ whole: true, retired: 4, entries: before.entries + 1 });
    const { rows: [record] } = await scene.superuser.query<{ id: string; body: string }>(`SELECT id, body FROM ledger_entry WHERE verb = 'ledger.retire'`);
    const said = { retiredAt: expect.any(Date), decidedBy: ORDER.decidedBy, reason: ORDER.reason, entryId: record?.id };
    expect(after.retirements).toEqual([{ month: OLD, entries: 3, kept: 3, ...said }, { month: NEXT, entries: 1, kept: 1, ...said }]);
    expect(JSON.parse(record?.body ?? '')).toMatchObject({ category: 'erasure', system: 'cli', subject: { kind: 'months', id: KEPT }, details: { held: ['AR-held'], decidedBy: ORDER.decidedBy } });
    await recordIn(OLD, 'session.sign-in');
    await place();
    expect((await scene.check()).findings.map(({ code }) => code)).toEqual(['out-of-time']);
  });

  it('are exported as gone, checked by whoever has nothing of ours, and an entry of one is said to be no longer kept', async () => {
    await retire();
    await place();
    const connection = await scene.worker();
    const state = await exportedState(connection);
    const [key] = KEY.trusted;
    if (state === undefined || key === undefined) throw new Error('Nothing is signed');
    const tiles = new Map<string, Uint8Array>();
    let lines = '';
    const sink = { file: (path: string, octets: Uint8Array | string) => Promise.resolve(void tiles.set(path, Buffer.from(octets))), entries: (text: string) => Promise.resolve(void (lines += text)) };
    expect(await exportWhole(connection, state, true, sink)).toBeUndefined();
    const { holds, findings } = await verifyTiles({ checkpoint: state.checkpoint, tile: (path: string) => Promise.resolve(tiles.get(path)), entries: Readable.from([Buffer.from(lines)]) }, { key });
    expect({ holds, gone: findings.find(({ code }) => code === 'entries-erased')?.message }).toEqual({ holds: true, gone: expect.stringContaining('What 5 of the entries said: they are given as erased or no longer kept') });
    const { rows: [leaf] } = await scene.superuser.query<{ index: string }>('SELECT index FROM ledger_leaf WHERE entry_id = $1', [ids['signIn']]);
    expect(await proveEntryAt(connection, KEY, Number(leaf?.index))).toMatchObject({ proof: '', message: expect.stringContaining('dropped with its month, which is on record') });
  });

  it('are not retired sooner than entries are kept, twice, against an unknown investigation, or where an entry is evidence', async () => {
    expect(await retire({ keepMonths: 4 })).toEqual({ ok: false, error: expect.stringContaining(`the first month that stays may be ${NEXT} at the latest`) });
    expect(await retire({ hold: ['AR-held', 'AR-nowhere'] })).toEqual({ ok: false, error: 'There is no investigation AR-nowhere to hold.' });
    const unplaced = await recordIn(OLD, 'session.sign-in');
    expect(await retire()).toEqual({ ok: false, error: expect.stringContaining(`1 entries of ${OLD} are not what was recorded`) });
    await place();
    await scene.tamper(`UPDATE ledger_entry SET body = replace(body, '${SECRET}', 'Nobody') WHERE id = '${ids['next'] ?? ''}'`);
    expect(await retire()).toEqual({ ok: false, error: expect.stringContaining(`1 entries of ${NEXT} are not what was recorded`) });
    await scene.tamper(`DELETE FROM ledger_entry WHERE id = '${unplaced}'`);
    expect(await retire({ before: NEXT, keepMonths: 1 })).toEqual({ ok: false, error: expect.stringContaining(`1 entries of ${OLD} are not what was recorded, are gone`) });
    expect(await left()).toEqual(Object.keys(ids));
    await scene.tamper(`DELETE FROM ledger_leaf WHERE entry_id = '${unplaced}'`);
    expect(await retire({ before: NEXT })).toMatchObject({ ok: true });
    expect(await retire({ before: NEXT })).toEqual({ ok: false, error: `There is no month before ${NEXT} that has not been retired.` });
  });

  it('wait for whoever reads the ledger, say so, and leave everything as it was', async () => {
    const reader = await scene.connect(scene.database.workerUrl);
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM ledger_entry');
    expect(await retire()).toEqual({ ok: false, error: 'An export, a dump or a check is reading the ledger. Wait for its end and try again.' });
    await reader.query('ROLLBACK');
    expect(await left()).toEqual(Object.keys(ids));
    expect((await scene.superuser.query(`SELECT FROM ledger_entry WHERE verb = 'ledger.retire'`)).rowCount).toBe(0);
  });

  it('do not go without a record, and no record is feigned', async () => {
    for (const url of [scene.database.ownerUrl, scene.database.appUrl, scene.database.workerUrl]) {
      const client = await scene.connect(url);
      if (url === scene.database.ownerUrl) await client.query('SET ROLE concordat_owner');
      await expect(client.query('SELECT ledger_retire_month($1, $2, 3)', [OLD, []])).rejects.toThrow(/No record says that|permission denied/);
      await expect(client.query('INSERT INTO ledger_retirement VALUES ($1, $2)', [OLD, ids['later']])).rejects.toThrow(/append-only|permission denied/);
    }
    await retire({ before: NEXT });
    const owner = await scene.connect(scene.database.ownerUrl);
    await owner.query('SET ROLE concordat_owner');
    const { rows: [record] } = await owner.query<{ id: string }>(`SELECT id FROM ledger_entry WHERE verb = 'ledger.retire'`);
    await expect(owner.query('INSERT INTO ledger_retirement VALUES ($1, $2)', [NEXT, record?.id])).rejects.toThrow(/append-only/);
    for (const statement of ['DELETE FROM ledger_retirement', 'UPDATE ledger_retirement SET month = month', 'TRUNCATE ledger_retirement']) await expect(owner.query(statement)).rejects.toThrow(/append-only/);
  });

  it('are damage where the ledger itself does not say so: a month taken out, and an entry taken out of a month of which others were retired', async () => {
    const found = async () => (await scene.check()).findings.map(({ code, index, message }) => ({ code, index, message }));
    await retire({ before: NEXT });
    expect(await found()).toEqual([]);
    // An entry that was held back goes, too: more is gone of the month than the record says.
    await scene.tamper(`DELETE FROM ledger_entry WHERE id = '${ids['open'] ?? ''}'`);
    expect(await found()).toEqual([{ code: 'retirement-differs', index: undefined, message: expect.stringContaining(`Of ${OLD} 4 entries were retired on record`) }]);
    // The whole next month goes, by a superuser's hand.
    await scene.superuser.query(`DROP TABLE ${partOf(NEXT)}`);
    const gone = await found();
    expect(gone.map(({ code }) => code)).toEqual(['body-missing', 'body-missing', 'retirement-differs', 'month-missing']);
    expect(gone.at(-1)?.message).toBe(`Every entry of ${NEXT} is gone, 2 of them without any record of it: the month was taken out, and not retired.`);
    // Saying that it was retired with the other does not help, nor that its leaves were of that month.
    await scene.tamper(`INSERT INTO ledger_retirement SELECT '${NEXT}', retirement_id FROM ledger_retirement`);
    expect((await found()).map(({ code }) => code)).toContain('body-missing');
    expect((await found()).filter(({ message }) => message.startsWith(`${NEXT} is said to be retired`))).toHaveLength(1);
    await scene.tamper(`UPDATE ledger_leaf SET at = at - interval '1 month' WHERE entry_id IN ('${ids['revived'] ?? ''}', '${ids['next'] ?? ''}')`);
    expect((await found()).filter(({ code }) => code === 'retirement-differs').length).toBe(2);
  });
});

describe('retiring at the command line', () => {
  let world: World;
  let auditor: Visitor;
  beforeAll(async () => {
    world = await startWorld({ worker: true });
    auditor = await world.signIn('alex.ward');
    await stateReason(auditor);
    await beginMonths(world.superuser, OLD);
  }, 240_000);
  afterAll(() => world.stop());

  const ledger = (words: readonly string[], env: Readonly<Record<string, string>> = {}) => runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl, ...env }, ['ledger', ...words]);
  const order = ['retire', '--before', KEPT, '--reason', 'Kept long enough', '--by', 'Gwen Price'];

  it('leaves a page that says so, and a check that says by whom and when', async () => {
    const id = await plantEntry(world.superuser, { at: `${OLD}-15T12:00:00.000Z`, verb: 'session.sign-in', person: 'Alex Ward' });
    await eventually('the entry having its place', async () => (await world.superuser.query('SELECT FROM ledger_leaf WHERE entry_id = $1', [id])).rowCount === 1);
    const done = await ledger(order, { LEDGER_KEEP_MONTHS: '3' });
    expect(done).toMatchObject({ code: 0, output: expect.stringContaining(`${OLD}: 1 entries are dropped, 0 are held.\n`) });
    const page = (await (await auditor.fetch(`/audit/entries/${id}`)).text()).replaceAll(/\s+/g, ' ');
    expect(page).toMatch(/<strong>This entry is no longer kept\.<\/strong> The entries of \d{4}-\d\d were retired .*, as Gwen Price decided: Kept long enough/);
    expect(page).toContain('An entry that is no longer kept</h1>');
    expect(page).not.toContain('session.sign-in');
    const { auditEntry } = await auditor.ask<{ auditEntry: object }>('query ($id: ID!) { auditEntry(id: $id) { verb person proof erased { month } } }', { id });
    expect(auditEntry).toEqual({ verb: '', person: null, proof: expect.stringContaining('c2sp.org/tlog-proof@v1'), erased: { month: OLD } });
    const checked = await ledger(['check']);
    expect(checked.output).toMatch(new RegExp(`${OLD}: 1 entries were retired at \\S+Z, 0 held, as Gwen Price decided: Kept long enough \\(entry [0-9a-f-]{36}\\)`));
  });

  it('is refused where nothing says how long entries are kept, and asks for everything that will be left', async () => {
    expect(await ledger(order)).toMatchObject({ code: 1, output: expect.stringContaining('Entries are kept for ever: set LEDGER_KEEP_MONTHS') });
    expect(await ledger(['retire', '--before', '2020', '--reason', 'A', '--by', 'B'])).toMatchObject({ code: 2, output: expect.stringContaining('2020 is no month') });
    expect(await ledger(['retire', '--before', KEPT, '--by', 'B'])).toMatchObject({ code: 2, output: expect.stringContaining('--reason') });
    expect(await ledger(order, { LEDGER_KEEP_MONTHS: '4' })).toMatchObject({ code: 1, output: expect.stringContaining('Nothing was retired. Entries are kept for 4 months') });
  });
});
