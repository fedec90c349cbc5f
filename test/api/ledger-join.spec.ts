import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CUSTODY_COLUMNS, CustodyAct, eventOfRow, nextEvent, signedText, valuesOfEvent, type CustodyEvent, type CustodyRow } from '../../libs/custody/index.js';
import { newKeyPair, OpenedKey } from '../../libs/envelope/index.js';
import { findingInput, openCase, OFFICIAL_SENSITIVE, perform } from '../builders/case.js';
import { runChild } from '../builders/child.js';
import { startWorld, type World } from '../builders/world.js';
import { eventually } from './alert-case.js';
import { deposit, newFile } from './evidence-scene.js';

jest.setTimeout(120_000);

interface Said {
  readonly whole: boolean;
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

describe('the ledger and what is stored beside it', () => {
  let world: World;
  let key: string;
  let ids: Readonly<Record<'workspace' | 'record' | 'note' | 'exhibit', string>>;

  beforeAll(async () => {
    world = await startWorld();
    const amira = await world.signIn('amira.rahman');
    const { id: workspace } = await openCase(amira, ['northmoor-police']);
    const made = { workspaceId: workspace, title: 'A', body: 'B', marking: OFFICIAL_SENSITIVE };
    const { id: record } = await perform<{ id: string }>(amira, 'saveRecord', made);
    const { id: note } = await perform<{ id: string }>(amira, 'addNote', made);
    await perform(amira, 'saveRecord', { ...made, id: record, version: 1 });
    await perform(amira, 'recordFinding', findingInput(workspace));
    const exhibit = await deposit(amira, workspace, newFile(1_000));
    expect((await (await world.signIn('priya.shah')).fetch(`/evidence/${exhibit}/content`)).status).toBe(200);
    await world.startWorker();
    await eventually('every entry having its place', async () => (await world.superuser.query('SELECT FROM ledger_waiting')).rowCount === 0);
    ids = { workspace, record, note, exhibit };
    key = (await runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl }, ['ledger', 'key'])).output.trim();
  }, 180_000);
  afterAll(() => world.stop());

  /** As on a machine with a copy of the database and nothing else of this installation. */
  async function check(): Promise<Said> {
    const { code, output } = await runChild('run/cli.js', { DATABASE_URL: world.database.superuserUrl }, ['ledger', 'check', '--key', key, '--json']);
    const said = JSON.parse(output) as Said;
    expect(code).toBe(said.whole ? 0 : 1);
    return said;
  }

  /** Alters rows behind the application's back, sees what the check says, and puts everything back. */
  async function damaged(...statements: readonly string[]): Promise<readonly string[]> {
    const saved = ['workspace', 'workspace_member', 'item', 'custody_event'];
    await world.superuser.query(`SET session_replication_role = 'replica'`);
    for (const table of saved) await world.superuser.query(`CREATE TABLE saved_${table} AS SELECT * FROM ${table}`);
    for (const statement of statements) await world.superuser.query(statement);
    const { findings } = await check();
    for (const table of saved) {
      const { rows } = await world.superuser.query<{ names: string }>(
        `SELECT string_agg(quote_ident(attname), ', ') AS names FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`);
      const names = rows[0]?.names ?? '';
      await world.superuser.query(`DELETE FROM ${table}`);
      await world.superuser.query(`INSERT INTO ${table} (${names}) SELECT ${names} FROM saved_${table}`);
      await world.superuser.query(`DROP TABLE saved_${table}`);
    }
    await world.superuser.query(`SET session_replication_role = 'origin'`);
    return findings.map(({ code, message }) => `${code}: ${message}`);
  }

  it('belong together, as the owner of the schema and as whoever holds a copy sees it', async () => {
    expect(await check()).toMatchObject({ whole: true, findings: [] });
    const own = await runChild('run/cli.js', { ...world.env, DATABASE_URL: world.database.ownerUrl }, ['ledger', 'check']);
    expect(own).toMatchObject({ code: 0, output: expect.stringContaining('The ledger is whole') });
    expect(own.output).not.toContain('\r');
  });

  it.each<[string, (named: typeof ids) => string, (named: typeof ids) => string]>([
    ['a note deleted', ({ note }) => `DELETE FROM item WHERE id = '${note}'`, ({ note }) => `row-missing: .*note ${note} was made, and it is not there`],
    ['an investigation deleted', ({ workspace }) => `DELETE FROM workspace WHERE id = '${workspace}'`, ({ workspace }) => `row-missing: .*workspace ${workspace}`],
    ['a member taken out', () => `DELETE FROM workspace_member WHERE agency_id = (SELECT id FROM agency WHERE code = 'northmoor-police')`, ({ workspace }) => `row-missing: .*membership of investigation ${workspace}`],
    ['a member put in', ({ workspace }) => `INSERT INTO workspace_member (workspace_id, agency_id, invited_by, invited_by_name, valid_from) SELECT '${workspace}', a.id, p.id, 'X', now() FROM agency a, person p WHERE a.code = 'northmoor-fire' LIMIT 1`, () => 'row-unrecorded: .*membership of northmoor-fire'],
    ['an item put in', ({ note }) => `INSERT INTO item (id, workspace_id, kind, title, originator_agency_id, tier, sensitive, created_by, created_by_name, created_at, updated_at, words) SELECT '${PLANTED}', workspace_id, kind, title, originator_agency_id, tier, sensitive, created_by, created_by_name, created_at, updated_at, words FROM item WHERE id = '${note}'`, () => `row-unrecorded: .*note ${PLANTED}`],
    ['an item given to another person', ({ record }) => `UPDATE item SET created_by = (SELECT id FROM person WHERE display_name = 'Priya Shah') WHERE id = '${record}'`, ({ record }) => `row-differs: Of record ${record} another person`],
    ['an item back-dated', ({ note }) => `UPDATE item SET created_at = created_at - interval '1 day' WHERE id = '${note}'`, ({ note }) => `row-differs: Of note ${note} the time`],
    ['two items swapped', ({ note, record }) => `UPDATE item SET kind = CASE id WHEN '${note}' THEN 'record' ELSE 'note' END WHERE id IN ('${note}', '${record}')`, ({ note }) => `row-unrecorded: .*record ${note}`],
    ['a link of custody altered', ({ exhibit }) => `UPDATE custody_event SET by_name = 'Nobody' WHERE item_id = '${exhibit}' AND seq = 1`, ({ exhibit }) => `custody-broken: .*${exhibit} does not hold: Event 1 was altered`],
    ['a link of custody taken out', ({ exhibit }) => `DELETE FROM custody_event WHERE item_id = '${exhibit}' AND seq = 1`, () => 'custody-broken: .*Event 1 is missing'],
    ['the newest link of custody cut off', ({ exhibit }) => `DELETE FROM custody_event WHERE item_id = '${exhibit}' AND seq = (SELECT max(seq) FROM custody_event)`, ({ exhibit }) => `custody-cut: .*${exhibit} lacks the link that entry`],
    ['a whole chain deleted', ({ exhibit }) => `DELETE FROM custody_event WHERE item_id = '${exhibit}'`, () => 'custody-broken: .*every exhibit begins with its deposit'],
  ])('%s is named', async (_, statement, sentence) => {
    expect((await damaged(statement(ids))).join('\n')).toMatch(new RegExp(sentence(ids)));
  });

  it('a link of custody put in is named, though it holds by itself but for the signature', async () => {
    const last = await newestLink();
    const next = { ...nextEvent(last, { ...last, act: CustodyAct.Opened }), signature: last.signature };
    const said = await damaged(insertion(next));
    expect(said).toEqual([
      expect.stringMatching(`custody-unsigned: .*${ids.exhibit} is not signed as it should be: The signature of event ${next.seq} does not hold`),
      `custody-unrecorded: Event ${next.seq} of the chain of custody of exhibit ${ids.exhibit} is named by no entry: it was added.`,
    ]);
  });

  it('a link of custody signed with a key that is nobody’s is named, though all its hashes hold', async () => {
    const last = await newestLink();
    const forger = await newForger();
    const { seq, hash, previousHash, signature, version, ...draft } = last;
    const remade = nextEvent({ seq: seq - 1, hash: previousHash }, { ...draft, signer: forger.fingerprint });
    const forged = { ...remade, signature: await forger.sign(Buffer.from(signedText(remade)), last.at) };
    expect({ version, signed: signature !== undefined, moved: forged.hash !== hash }).toEqual({ version: 2, signed: true, moved: true });
    const said = await damaged(`DELETE FROM custody_event WHERE item_id = '${ids.exhibit}' AND seq = ${seq}`, insertion(forged));
    expect(said).toContainEqual(expect.stringMatching(`custody-unsigned: .*Event ${seq} is signed by the key ${forger.fingerprint}, which is not among the keys given`));
  });

  async function newestLink(): Promise<CustodyEvent> {
    const { rows } = await world.superuser.query<CustodyRow>('SELECT * FROM custody_event WHERE item_id = $1 ORDER BY seq DESC LIMIT 1', [ids.exhibit]);
    const [row] = rows;
    if (row === undefined) throw new Error('There is no chain');
    return eventOfRow(row);
  }

  it('is not checked with a key that is none, or a policy that is none', async () => {
    for (const words of [['--key', 'x'], ['--key', key, '--policy', 'absent']]) {
      expect((await runChild('run/cli.js', { DATABASE_URL: world.database.superuserUrl }, ['ledger', 'check', ...words])).code).toBe(2);
    }
  });
});

const PLANTED = randomUUID();

async function newForger(): Promise<OpenedKey> {
  const pair = await newKeyPair({ name: 'Northmoor Police', passphrase: 'known to nobody', at: new Date(0), lifeSeconds: 0, version: 4 });
  return OpenedKey.unlock(pair.lockedKey, 'known to nobody');
}

/** The statement that puts an event into the table, as somebody who administers the database would write it. */
function insertion(event: CustodyEvent): string {
  const literal = (value: unknown): string => {
    if (value === null) return 'NULL';
    if (value instanceof Date) return `'${value.toISOString()}'`;
    if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'`;
    return Array.isArray(value) ? `'{${value.join(',')}}'` : `'${typeof value === 'number' ? value : (value as string)}'`;
  };
  return `INSERT INTO custody_event (${CUSTODY_COLUMNS.join(', ')}) VALUES (${valuesOfEvent(event).map(literal).join(', ')})`;
}
