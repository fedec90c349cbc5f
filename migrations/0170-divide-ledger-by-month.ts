import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The entries lie in one table for each month of their time, in UTC, so that a month can go as a whole and what is recorded
 * now is kept up in small indexes. `ledger_entry_earlier` and `ledger_entry_later` are what lies before the first month and
 * after the last: between them there is a place for every time, so that no act is refused because its month was not made.
 *
 * A partition is reached by the parent's policies and triggers; by its own name nobody may reach it but whoever owns it, and
 * row-level security, which has no policy there, shows him nothing.
 *
 * An entry's id was unique by itself; a key of a divided table has the month in it. That no two entries have one id is seen
 * to where an entry is queued, see the next migration.
 */
export class DivideLedgerByMonth1763700017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE ledger_waiting DROP CONSTRAINT ledger_waiting_entry_id_fkey`);
    for (const made of FUNCTIONS) await runner.query(made);
    await rebuild(runner, 'id, at', async () => {
      await runner.query(`CREATE TABLE ledger_entry (LIKE ledger_entry_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (at)`);
      await runner.query(`SELECT ledger_begin_months((SELECT coalesce(min(at), now()) FROM ledger_entry_before))`);
    });
    await runner.query(`GRANT INSERT (id, at, salt, body, leaf_hash) ON ledger_entry TO concordat_app, concordat_worker`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await rebuild(runner, 'id', async () => {
      await runner.query(`CREATE TABLE ledger_entry (LIKE ledger_entry_before INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
    });
    await runner.query(`GRANT INSERT (id, salt, body, leaf_hash) ON ledger_entry TO concordat_app, concordat_worker`);
    await runner.query(`DROP FUNCTION ledger_make_months(integer), ledger_begin_months(timestamptz), ledger_make_month(timestamptz), ledger_guard_part(regclass), ledger_part_name(timestamptz), ledger_later_from()`);
    await runner.query(`ALTER TABLE ledger_waiting ADD FOREIGN KEY (entry_id) REFERENCES ledger_entry (id)`);
    await runner.query(`RESET ROLE`);
  }
}

const AS_OWNER = `SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO'`;

const FUNCTIONS: readonly string[] = [
  `CREATE FUNCTION ledger_part_name(month timestamptz) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC'
     RETURN to_char(month, '"ledger_entry_"YYYY_MM')`,

  // Called wherever a table becomes a part of the ledger; a trigger of a whole statement is not handed down by the parent.
  `CREATE FUNCTION ledger_guard_part(part regclass) RETURNS void LANGUAGE plpgsql ${AS_OWNER} AS $$
   BEGIN
     EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
     EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, concordat_app, concordat_worker, concordat_auditor', part);
     EXECUTE format('CREATE OR REPLACE TRIGGER ledger_part_no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid_change()', part);
   END $$`,

  `CREATE FUNCTION ledger_make_month(month timestamptz) RETURNS void LANGUAGE plpgsql ${AS_OWNER} AS $$
   BEGIN
     EXECUTE format('CREATE TABLE %I PARTITION OF ledger_entry FOR VALUES FROM (%L) TO (%L)', ledger_part_name(month), month, month + interval '1 month');
     PERFORM ledger_guard_part(ledger_part_name(month)::regclass);
   END $$`,

  // The months from that of \`first\` to the one after next, and what lies before and after them.
  `CREATE FUNCTION ledger_begin_months(first timestamptz) RETURNS void LANGUAGE plpgsql ${AS_OWNER} AS $$
   DECLARE
     month timestamptz := date_trunc('month', least(first, now()));
     until timestamptz := date_trunc('month', now()) + interval '3 months';
   BEGIN
     EXECUTE format('CREATE TABLE ledger_entry_earlier PARTITION OF ledger_entry FOR VALUES FROM (MINVALUE) TO (%L)', month);
     EXECUTE format('CREATE TABLE ledger_entry_later PARTITION OF ledger_entry FOR VALUES FROM (%L) TO (MAXVALUE)', until);
     PERFORM ledger_guard_part('ledger_entry_earlier'), ledger_guard_part('ledger_entry_later');
     WHILE month < until LOOP
       PERFORM ledger_make_month(month);
       month := month + interval '1 month';
     END LOOP;
   END $$`,

  `CREATE FUNCTION ledger_later_from() RETURNS timestamptz LANGUAGE sql STABLE ${AS_OWNER}
     RETURN (SELECT substring(pg_get_expr(relpartbound, oid) FROM $$FROM \\('([^']+)'\\)$$)::timestamptz FROM pg_class WHERE oid = to_regclass('public.ledger_entry_later'))`,

  // Makes the months that are missing up to \`ahead\` months from now, and answers how many those were. Acts wait for it, and it
  // for acts under way, an export among them: a second at most, then it gives up, and is asked again later.
  `CREATE FUNCTION ledger_make_months(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER ${AS_OWNER} SET lock_timeout = '1s' AS $$
   DECLARE
     until timestamptz := date_trunc('month', now()) + make_interval(months => least(greatest(ahead, 0), 12) + 1);
     month timestamptz;
     made integer := 0;
   BEGIN
     IF ledger_later_from() >= until THEN RETURN 0; END IF;
     LOCK TABLE ledger_entry IN ACCESS EXCLUSIVE MODE;
     month := ledger_later_from();
     IF month >= until THEN RETURN 0; END IF;
     -- Without the parent's triggers, and for a moment without its guard: nobody else sees it before this is committed.
     ALTER TABLE ledger_entry DETACH PARTITION ledger_entry_later;
     ALTER TABLE ledger_entry_later NO FORCE ROW LEVEL SECURITY;
     WHILE month < until LOOP
       EXECUTE format('CREATE TABLE %I (LIKE ledger_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', ledger_part_name(month));
       EXECUTE format('WITH moved AS (DELETE FROM ledger_entry_later WHERE at >= %L AND at < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
         month, month + interval '1 month', ledger_part_name(month));
       EXECUTE format('ALTER TABLE ledger_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', ledger_part_name(month), month, month + interval '1 month');
       PERFORM ledger_guard_part(ledger_part_name(month)::regclass);
       month := month + interval '1 month';
       made := made + 1;
     END LOOP;
     EXECUTE format('ALTER TABLE ledger_entry ATTACH PARTITION ledger_entry_later FOR VALUES FROM (%L) TO (MAXVALUE)', until);
     PERFORM ledger_guard_part('ledger_entry_later');
     RETURN made;
   END $$`,

  `REVOKE EXECUTE ON FUNCTION ledger_make_months(integer), ledger_begin_months(timestamptz), ledger_make_month(timestamptz), ledger_guard_part(regclass), ledger_part_name(timestamptz), ledger_later_from() FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION ledger_make_months(integer) TO concordat_worker`,
];

const TABLE = `'public.ledger_entry'::regclass`;
const INDEXES = `SELECT replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS made FROM pg_index WHERE indrelid = ${TABLE} AND NOT indisprimary`;
const TRIGGERS = `SELECT pg_get_triggerdef(oid) AS made FROM pg_trigger WHERE tgrelid = ${TABLE} AND NOT tgisinternal`;
const ALWAYS = `SELECT format('ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER %I', tgname) AS made FROM pg_trigger WHERE tgrelid = ${TABLE} AND tgenabled = 'A'`;
const POLICIES = `
  SELECT format('CREATE POLICY %I ON ledger_entry AS %s FOR %s TO %s', policyname, permissive, cmd, array_to_string(roles, ', '))
         || coalesce(' USING (' || qual || ')', '') || coalesce(' WITH CHECK (' || with_check || ')', '') AS made
    FROM pg_policies WHERE schemaname = 'public' AND tablename = 'ledger_entry'`;

/**
 * Makes the table anew by `create`, with what it holds, and with the indexes, triggers and policies it has: what is filled is
 * filled before there is a trigger that would queue it again.
 */
async function rebuild(runner: QueryRunner, key: string, create: () => Promise<void>): Promise<void> {
  const indexes = await statements(runner, INDEXES);
  const others = [...(await statements(runner, TRIGGERS)), ...(await statements(runner, ALWAYS)), ...(await statements(runner, POLICIES))];
  await runner.query(`ALTER TABLE ledger_entry RENAME TO ledger_entry_before`);
  await create();
  await runner.query(`INSERT INTO ledger_entry SELECT * FROM ledger_entry_before`);
  await runner.query(`DROP TABLE ledger_entry_before`);
  await runner.query(`ALTER TABLE ledger_entry ADD PRIMARY KEY (${key})`);
  for (const made of [...indexes, ...others]) await runner.query(made);
  await runner.query(`ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ledger_entry FORCE ROW LEVEL SECURITY`);
  await runner.query(`GRANT SELECT ON ledger_entry TO concordat_app, concordat_worker, concordat_auditor`);
}

async function statements(runner: QueryRunner, text: string): Promise<readonly string[]> {
  return ((await runner.query(text)) as { made: string }[]).map(({ made }) => made);
}
