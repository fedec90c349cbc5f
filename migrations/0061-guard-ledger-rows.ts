import type { MigrationInterface, QueryRunner } from 'typeorm';

const AGENCY = `(SELECT nullif(current_setting('concordat.agency', true), '')::uuid)`;
const PERSON = `(SELECT nullif(current_setting('concordat.person', true), '')::uuid)`;

/**
 * Who reads which entries. The auditor's role reads all. The application's own role reads, of a workspace it can see,
 * what its agency's people did, and as the lead agency also what others did to the workspace itself or to items it can
 * see: an entry about an item that is hidden from an agency is hidden from it too. Nobody records an act as another person.
 */
export class GuardLedgerRows1763700006100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE ledger_entry FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY ledger_read_all ON ledger_entry FOR SELECT
        TO concordat_auditor, concordat_worker, concordat_owner USING (true)`);
    await runner.query(`
      CREATE POLICY ledger_append_as_self ON ledger_entry FOR INSERT TO concordat_app
        WITH CHECK (person_id IS NULL OR person_id = ${PERSON})`);
    await runner.query(`CREATE POLICY ledger_append ON ledger_entry FOR INSERT TO concordat_worker WITH CHECK (true)`);
    await runner.query(`
      CREATE POLICY ledger_read_own_cases ON ledger_entry FOR SELECT TO concordat_app USING (
        workspace_id IS NOT NULL AND EXISTS (
          SELECT FROM workspace w WHERE w.id = ledger_entry.workspace_id AND (
            ledger_entry.agency_id = ${AGENCY}
            OR (w.lead_agency_id = ${AGENCY} AND (
              coalesce(ledger_entry.subject_id, w.id::text) = w.id::text
              OR EXISTS (SELECT FROM item i WHERE i.id::text = ledger_entry.subject_id AND i.workspace_id = w.id)
            ))
          )
        ))`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const policy of ['ledger_read_own_cases', 'ledger_append', 'ledger_append_as_self', 'ledger_read_all']) {
      await runner.query(`DROP POLICY ${policy} ON ledger_entry`);
    }
    await runner.query(`ALTER TABLE ledger_entry NO FORCE ROW LEVEL SECURITY`);
    await runner.query(`ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY`);
  }
}
