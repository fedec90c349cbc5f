import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an entry can be searched by: type, and where in the body (`b`) it stands. */
const COLUMNS: Readonly<Record<string, readonly [type: string, from: string]>> = {
  at: ['timestamptz', `ledger_instant(b ->> 'at')`],
  verb: ['text', `b #>> '{verb}'`],
  category: ['text', `b #>> '{category}'`],
  outcome: ['text', `b #>> '{outcome}'`],
  person_id: ['uuid', `(b #>> '{actor,person}')::uuid`],
  person_name: ['text', `b #>> '{actor,name}'`],
  agency_id: ['uuid', `(b #>> '{actor,agencyId}')::uuid`],
  agency_code: ['text', `coalesce(b #>> '{actor,agency}', b ->> 'agencyCode')`],
  workspace_id: ['uuid', `(b #>> '{workspace,id}')::uuid`],
  workspace_reference: ['text', `b #>> '{workspace,reference}'`],
  subject_id: ['text', `b #>> '{subject,id}'`],
  item_ids: ['jsonb', `b #> '{details,items}'`],
  clause: ['text', `b #>> '{clause}'`],
  purpose: ['text', `b #>> '{purpose}'`],
  cases: ['jsonb', `b #> '{details,cases}'`],
  subject_title: ['text', `b #>> '{subject,title}'`],
  correlation: ['text', `b ->> 'correlation'`],
};
const NEVER_NULL = ['at', 'verb', 'category', 'outcome'];

/**
 * What an entry can be searched by is read from its body in one pass rather than in seventeen: each generated column parses
 * the whole body again, which was half of what recording an act cost. Nobody gains by it: the application may still insert
 * nothing but id, salt, body and leaf hash, the trigger fires always and overrides what is given, and the check holds every
 * column against its body, as it did against whoever would have altered a generated one.
 */
export class ReadBodyOnce1763700016200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const name of Object.keys(COLUMNS)) await runner.query(`ALTER TABLE ledger_entry ALTER COLUMN ${name} DROP EXPRESSION`);
    const fills = Object.entries(COLUMNS).map(([name, [, from]]) => `NEW.${name} := ${from.replace('ledger_instant', 'public.ledger_instant')};`);
    await runner.query(`
      CREATE FUNCTION ledger_read_body() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE b jsonb := NEW.body::jsonb;
      BEGIN
        ${fills.join('\n        ')}
        RETURN NEW;
      END $$`);
    await runner.query(`REVOKE EXECUTE ON FUNCTION ledger_read_body() FROM PUBLIC`);
    await runner.query(`CREATE TRIGGER ledger_entry_read_body BEFORE INSERT OR UPDATE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_read_body()`);
    // Also where a restore or a superuser switches ordinary triggers off.
    await runner.query(`ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_read_body`);
    await runner.query(`RESET ROLE`);
  }

  /** A column cannot be made a generated one: each is made anew, with the indexes and policies that hang on it. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TRIGGER ledger_entry_read_body ON ledger_entry`);
    await runner.query(`DROP FUNCTION ledger_read_body()`);
    const indexes = await statements(runner, `SELECT pg_get_indexdef(indexrelid) AS made FROM pg_index WHERE indrelid = 'ledger_entry'::regclass AND NOT indisprimary`);
    const policies = await statements(runner, POLICIES);
    const names = Object.keys(COLUMNS);
    await runner.query(`ALTER TABLE ledger_entry ${names.map((name) => `DROP COLUMN ${name} CASCADE`).join(', ')}`);
    await runner.query(`ALTER TABLE ledger_entry ${names.map(generated).join(', ')}`);
    for (const made of [...indexes, ...policies]) await runner.query(made);
    await runner.query(`RESET ROLE`);
  }
}

function generated(name: string): string {
  const [type = '', from = ''] = COLUMNS[name] ?? [];
  const expression = from.replace(/\bb (?=->>|#>>|#>)/g, 'body::jsonb ');
  return `ADD COLUMN ${name} ${type} ${NEVER_NULL.includes(name) ? 'NOT NULL ' : ''}GENERATED ALWAYS AS (${expression}) STORED`;
}

/** Policies of the table, each as the statement that makes it again. */
const POLICIES = `
  SELECT format('CREATE POLICY %I ON ledger_entry AS %s FOR %s TO %s', policyname, permissive, cmd, array_to_string(roles, ', '))
         || coalesce(' USING (' || qual || ')', '') || coalesce(' WITH CHECK (' || with_check || ')', '') AS made
    FROM pg_policies p WHERE tablename = 'ledger_entry' AND EXISTS (
      SELECT FROM pg_depend d JOIN pg_policy o ON o.oid = d.objid AND d.classid = 'pg_policy'::regclass AND o.polname = p.policyname AND o.polrelid = 'ledger_entry'::regclass
       WHERE d.refobjid = 'ledger_entry'::regclass AND d.refobjsubid > 0)`;

async function statements(runner: QueryRunner, text: string): Promise<readonly string[]> {
  return ((await runner.query(text)) as { made: string }[]).map(({ made }) => made);
}
