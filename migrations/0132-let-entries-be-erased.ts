import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An entry can be erased: its row goes, with everything it could be found by, and its leaf stays, so that the tree still
 * verifies. Erasing is itself an entry, which says what went, when, by whom and why; a row here leads from the one to the
 * other. No row goes without one, and none is made without that entry.
 */
export class LetEntriesBeErased1763700013200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE ledger_leaf DROP CONSTRAINT ledger_leaf_entry_id_fkey`);
    await runner.query(`
      CREATE TABLE ledger_erasure (
        entry_id uuid PRIMARY KEY REFERENCES ledger_leaf (entry_id),
        erasure_id uuid NOT NULL
      )`);
    await this.askForTheRecord(runner);
    await runner.query(`GRANT SELECT ON ledger_erasure TO concordat_worker, concordat_auditor`);
    await runner.query(`CREATE POLICY ledger_erase ON ledger_entry FOR DELETE TO concordat_owner USING (true)`);
    await runner.query(`RESET ROLE`);
  }

  private async askForTheRecord(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION ledger_ask_for_record() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_TABLE_NAME = 'ledger_erasure' THEN
          PERFORM FROM public.ledger_entry e WHERE e.id = NEW.erasure_id AND e.verb = 'ledger.erase' AND e.subject_id = NEW.entry_id::text;
          IF FOUND THEN RETURN NEW; END IF;
        ELSE
          PERFORM FROM public.ledger_erasure x WHERE x.entry_id = OLD.id;
          IF FOUND THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION 'The ledger is append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await runner.query(`CREATE TRIGGER ledger_erasure_recorded BEFORE INSERT ON ledger_erasure FOR EACH ROW EXECUTE FUNCTION ledger_ask_for_record()`);
    await runner.query(`CREATE TRIGGER ledger_erasure_append_only BEFORE UPDATE OR DELETE ON ledger_erasure FOR EACH ROW EXECUTE FUNCTION ledger_forbid_change()`);
    await runner.query(`CREATE TRIGGER ledger_erasure_no_truncate BEFORE TRUNCATE ON ledger_erasure FOR EACH STATEMENT EXECUTE FUNCTION ledger_forbid_change()`);
    await runner.query(`DROP TRIGGER ledger_entry_append_only ON ledger_entry`);
    await runner.query(`CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_forbid_change()`);
    await runner.query(`CREATE TRIGGER ledger_entry_erased_on_record BEFORE DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_ask_for_record()`);
  }

  /** Refused by the database once something was erased: the reference from leaf to entry cannot hold again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP POLICY ledger_erase ON ledger_entry`);
    await runner.query(`DROP TRIGGER ledger_entry_erased_on_record ON ledger_entry`);
    await runner.query(`DROP TRIGGER ledger_entry_append_only ON ledger_entry`);
    await runner.query(`CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_forbid_change()`);
    await runner.query(`DROP TABLE ledger_erasure`);
    await runner.query(`DROP FUNCTION ledger_ask_for_record()`);
    await runner.query(`ALTER TABLE ledger_leaf ADD FOREIGN KEY (entry_id) REFERENCES ledger_entry (id)`);
    await runner.query(`RESET ROLE`);
  }
}
