import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A month can be retired: its table goes, and the leaves stay. That it was is an entry, which says how many entries went and
 * the digest of their leaves; a row here leads from the month to it. What is held back moves to what lies before the first month.
 */
export class LetMonthsBeRetired1763700017200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE ledger_retirement (
        month text PRIMARY KEY CHECK (month ~ '^\\d{4}-(0[1-9]|1[0-2])$'),
        retirement_id uuid NOT NULL
      )`);
    await runner.query(`GRANT SELECT ON ledger_retirement TO concordat_worker, concordat_auditor`);
    await runner.query(`
      CREATE FUNCTION ledger_ask_for_retirement() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM FROM public.ledger_entry e WHERE e.id = NEW.retirement_id AND e.verb = 'ledger.retire' AND e.outcome = 'done'
          AND e.body::jsonb #> '{details,months}' @> jsonb_build_array(jsonb_build_object('month', NEW.month));
        IF FOUND THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'The ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await runner.query(`CREATE TRIGGER ledger_retirement_recorded BEFORE INSERT ON ledger_retirement FOR EACH ROW EXECUTE FUNCTION ledger_ask_for_retirement()`);
    await runner.query(`CREATE TRIGGER ledger_retirement_append_only BEFORE UPDATE OR DELETE ON ledger_retirement FOR EACH ROW EXECUTE FUNCTION ledger_forbid_change()`);
    await runner.query(`CREATE TRIGGER ledger_retirement_no_truncate BEFORE TRUNCATE ON ledger_retirement FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid_change()`);
    for (const made of FUNCTIONS) await runner.query(made);
    await runner.query(`RESET ROLE`);
  }

  /** What was retired does not come back; that it was stays in the ledger, and the check then calls it damage. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP FUNCTION ledger_retire_month(text, uuid[], bigint), ledger_is_held(text, text, uuid, uuid[])`);
    await runner.query(`DROP TABLE ledger_retirement`);
    await runner.query(`DROP FUNCTION ledger_ask_for_retirement()`);
    await runner.query(`RESET ROLE`);
  }
}

const AS_OWNER = `SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO'`;

const FUNCTIONS: readonly string[] = [
  // Held: whatever belongs to a case that is held, how something came about that is still stored, and what the check of the ledger itself rests on.
  `CREATE FUNCTION ledger_is_held(verb text, outcome text, of_case uuid, held uuid[]) RETURNS boolean LANGUAGE sql IMMUTABLE
     RETURN coalesce(of_case = ANY (held), false)
       OR (outcome = 'done' AND verb IN ('ledger.erase', 'ledger.retire', 'workspace.open', 'member.invite', 'note.add', 'record.save', 'finding.record', 'exhibit.deposit', 'exhibit.open'))`,

  // With the rights of whoever calls it: only the owner of the tables can. The month goes only if it is recorded, and if as many entries go as the record says.
  `CREATE FUNCTION ledger_retire_month(month text, held uuid[], entries bigint) RETURNS void LANGUAGE plpgsql ${AS_OWNER} SET lock_timeout = '5s' AS $$
   DECLARE
     part text := 'ledger_entry_' || replace(month, '-', '_');
     following timestamptz := (month || '-01')::timestamptz + interval '1 month';
     gone bigint;
   BEGIN
     PERFORM FROM ledger_retirement r WHERE r.month = ledger_retire_month.month;
     IF NOT FOUND THEN RAISE EXCEPTION 'No record says that % was retired', month; END IF;
     EXECUTE format('ALTER TABLE ledger_entry DETACH PARTITION %I', part);
     ALTER TABLE ledger_entry DETACH PARTITION ledger_entry_earlier;
     EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', part);
     ALTER TABLE ledger_entry_earlier NO FORCE ROW LEVEL SECURITY;
     EXECUTE format('SELECT count(*) FROM %I e WHERE NOT ledger_is_held(e.verb, e.outcome, e.workspace_id, $1)', part) INTO gone USING held;
     IF gone <> entries THEN RAISE EXCEPTION 'Of % not % entries would go but %', month, entries, gone; END IF;
     EXECUTE format('INSERT INTO ledger_entry_earlier SELECT e.* FROM %I e WHERE ledger_is_held(e.verb, e.outcome, e.workspace_id, $1)', part) USING held;
     EXECUTE format('DROP TABLE %I', part);
     EXECUTE format('ALTER TABLE ledger_entry ATTACH PARTITION ledger_entry_earlier FOR VALUES FROM (MINVALUE) TO (%L)', following);
     PERFORM ledger_guard_part('ledger_entry_earlier');
   END $$`,

  `REVOKE EXECUTE ON FUNCTION ledger_retire_month(text, uuid[], bigint), ledger_is_held(text, text, uuid, uuid[]) FROM PUBLIC`,
];
