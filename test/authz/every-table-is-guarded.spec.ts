import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';
import { plantWorld } from './plant-world.js';
import { randomWorld } from './random-world.js';

/** Tables that hold nothing of any case, and so are guarded by grants alone. A new table is guarded or it is named here, with its reason. */
const WITHOUT_CASE_DATA: Readonly<Record<string, string>> = {
  agency: 'names of agencies, known to all',
  agency_idp: 'public metadata of identity providers',
  case_prefix: 'how an agency begins its references',
  dead_letter: 'ids of events and the words of the fault, for the worker alone',
  duty_post: 'who to tell, of agencies that answer for each other',
  effect: 'ids of events and what was done on them',
  outbox: 'ids only',
  portal_key: 'the public key that signs for agencies which hold their own; the private one, locked, is given out by a function that asks the law',
  person: 'read by signing in, before anybody acts',
  saml_assertion: 'ids of used assertions',
  saml_request: 'sign-ins under way, before anybody acts',
  unusual_use_mark: 'how far the ledger has been examined',
  schema_migration: 'names of migrations',
  session: 'hashes of tokens, read before anybody acts',
};

/** Everybody who signs in to the database, and what he finds in a part of the ledger by its own name: its owner nothing that he could read or alter, others no way in. */
const HANDS = (['concordat_app', 'concordat_auditor', 'concordat_worker', 'concordat_owner'] as const).map((as) => {
  const statements = (part: string) => [`SELECT id FROM ${part}`, `UPDATE ${part} SET body = body`, `DELETE FROM ${part}`, `INSERT INTO ${part} SELECT * FROM ledger_entry WHERE tableoid = '${part}'::regclass`, `TRUNCATE ${part}`];
  const [shut, unseen] = ['permission denied', '0 rows'];
  const finds = as === 'concordat_owner' ? [unseen, unseen, unseen, 'row-level security', 'append-only'] : [shut, shut, shut, shut, shut];
  const reach = async (part: string) => {
    const said: string[] = [];
    for (const statement of statements(part)) {
      await superuser.query(`BEGIN; SET LOCAL ROLE ${as}`);
      const outcome = await superuser.query(statement).then(({ rowCount }) => `${rowCount ?? 0} rows`, (fault: unknown) => String(fault));
      await superuser.query('ROLLBACK');
      said.push([shut, 'row-level security', 'append-only'].find((words) => outcome.includes(words)) ?? outcome);
    }
    return { said };
  };
  return { as, finds: { said: finds }, reach };
});

let database: TestDatabase;
let superuser: Client;

beforeAll(async () => {
  database = await createDatabase();
  superuser = new Client({ connectionString: database.superuserUrl });
  await superuser.connect();
}, 120_000);

afterAll(async () => {
  await superuser.end();
  await database.drop();
});

describe('row-level security', () => {
  it('is forced on every table that holds anything of a case', async () => {
    const { rows } = await superuser.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
          AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname`,
    );
    const unguarded = rows.flatMap(({ name }) => (name.startsWith('ledger_') || Object.hasOwn(WITHOUT_CASE_DATA, name) ? [] : [name]));
    expect(unguarded).toEqual([]);
  });

  it('shows nothing of a case to a connection without a context', async () => {
    const [world] = fc.sample(randomWorld, 1);
    if (!world) throw new Error('There is no world to plant.');
    await plantWorld(superuser, world);
    const app = new Client({ connectionString: database.appUrl });
    await app.connect();
    for (const table of ['workspace', 'workspace_member', 'item', 'note', 'record', 'finding', 'exhibit', 'alert', 'agreement']) {
      expect((await superuser.query(`SELECT FROM ${table}`)).rowCount).toBeGreaterThan(0);
      const { rows } = await app.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
      expect({ table, count: rows[0]?.count }).toEqual({ table, count: '0' });
    }
    await app.end();
  });

  it('cannot be stepped round: neither login owns a table, is a superuser, or bypasses it', async () => {
    const { rows } = await superuser.query(
      `SELECT rolname FROM pg_roles WHERE rolname IN ('concordat_app', 'concordat_worker', 'concordat_law', 'concordat_owner', 'concordat_auditor')
          AND (rolsuper OR rolbypassrls OR (rolcanlogin AND EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)))`,
    );
    expect(rows).toEqual([]);
  });

  it('is asked by every view, but for those by which the law itself decides', async () => {
    const { rows } = await superuser.query<{ name: string }>(
      `SELECT relnamespace::regnamespace || '.' || relname AS name FROM pg_class
        WHERE relkind = 'v' AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
          AND NOT coalesce(reloptions, '{}') @> ARRAY['security_invoker=true'] ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(['law.own_agreement', 'law.sight', 'law.standing']);
  });
});

describe('a month of the ledger', () => {
  it('is guarded like the ledger where it is reached by its own name, whenever it was made', async () => {
    await superuser.query(`INSERT INTO ledger_entry (id, at, salt, body, leaf_hash)
      SELECT id, at, decode(repeat('00', 16), 'hex'), jsonb_build_object('id', id, 'at', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'verb', 'note.add', 'category', 'collection', 'outcome', 'done')::text, decode(repeat('00', 32), 'hex')
        FROM (SELECT gen_random_uuid() AS id, date_trunc('milliseconds', now() + make_interval(months => n)) AS at FROM generate_series(-1, 7) n) made`);
    const worker = new Client({ connectionString: database.workerUrl });
    await worker.connect();
    expect((await worker.query('SELECT ledger_make_months(5) AS made')).rows).toEqual([{ made: 3 }]);
    await worker.end();
    const { rows } = await superuser.query<{ name: string; held: number; columns: string }>(
      `SELECT relname AS name, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', relname), false, true, '')))[1]::text::int AS held
         FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'ledger_entry'::regclass ORDER BY 1`);
    expect(rows.filter(({ name }) => /_\d{4}_\d\d$/.test(name)).map(({ held }) => held)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(rows.filter(({ name }) => /earlier|later/.test(name))).toEqual([{ name: 'ledger_entry_earlier', held: 1 }, { name: 'ledger_entry_later', held: 2 }]);
    for (const { name } of rows) for (const hand of HANDS) expect({ name, hand: hand.as, ...(await hand.reach(name)) }).toEqual({ name, hand: hand.as, ...hand.finds });
  });
});

describe('a row that names an item and a workspace', () => {
  it('names an item of that workspace, by one key over both', async () => {
    const { rows } = await superuser.query<{ name: string; keys: string[] }>(
      `SELECT c.relname AS name, array_remove(array_agg(pg_get_constraintdef(f.oid)), NULL) AS keys
         FROM pg_class c
         JOIN pg_attribute i ON i.attrelid = c.oid AND i.attname = 'item_id' AND NOT i.attisdropped
         JOIN pg_attribute w ON w.attrelid = c.oid AND w.attname = 'workspace_id' AND NOT w.attisdropped
         LEFT JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid = 'item'::regclass
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.relname ORDER BY c.relname`,
    );
    const both = ['FOREIGN KEY (item_id, workspace_id) REFERENCES item(id, workspace_id)'];
    expect(rows).toEqual(['alert', 'evidence_hold', 'upload_ticket'].map((name) => ({ name, keys: both })));
  });

  it('is refused where the item lies in another', async () => {
    const { rows } = await superuser.query<{ alert: string; other: string }>(
      `SELECT a.id AS alert, (SELECT w.id FROM workspace w WHERE w.id <> a.workspace_id LIMIT 1) AS other FROM alert a LIMIT 1`,
    );
    const move = superuser.query('UPDATE alert SET workspace_id = $2 WHERE id = $1', [rows[0]?.alert, rows[0]?.other]);
    expect(rows[0]?.other).toMatch(/^[0-9a-f-]{36}$/);
    await expect(move).rejects.toMatchObject({ code: '23503', constraint: 'alert_item_of_workspace' });
  });
});
