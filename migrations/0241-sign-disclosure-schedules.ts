import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The versions of an investigation's disclosure schedule: who signed each off, when, and which review of which exhibit it listed. A
 * line is seen by whoever sees its exhibit, so that no version says how many there are of what its reader may not see. Lines are
 * written with their version and never after it.
 */
export class SignDisclosureSchedules1763700024100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE disclosure_schedule (
        id uuid PRIMARY KEY,
        workspace_id uuid NOT NULL REFERENCES workspace (id),
        version integer NOT NULL CHECK (version > 0),
        statement text NOT NULL,
        agency_name text NOT NULL,
        signed_by uuid NOT NULL REFERENCES person (id),
        signed_by_name text NOT NULL,
        signed_at timestamptz NOT NULL,
        UNIQUE (workspace_id, version)
      )`);
    await runner.query(`
      CREATE TABLE disclosure_schedule_line (
        schedule_id uuid NOT NULL REFERENCES disclosure_schedule (id),
        item_id uuid NOT NULL,
        review_seq integer NOT NULL,
        PRIMARY KEY (schedule_id, item_id),
        FOREIGN KEY (item_id, review_seq) REFERENCES disclosure_review (item_id, seq)
      )`);
    for (const table of ['disclosure_schedule', 'disclosure_schedule_line']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await runner.query(`GRANT SELECT, INSERT ON ${table} TO concordat_app`);
    }
    await runner.query(`CREATE POLICY reader_reads ON disclosure_schedule FOR SELECT TO concordat_app USING (EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id))`);
    await runner.query(`
      CREATE POLICY lead_signs ON disclosure_schedule FOR INSERT TO concordat_app
        WITH CHECK (signed_by = (SELECT law.person()) AND EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id AND w.lead_agency_id = (SELECT law.agency())))`);
    await runner.query(`CREATE POLICY reader_reads ON disclosure_schedule_line FOR SELECT TO concordat_app USING (EXISTS (SELECT FROM item i WHERE i.id = item_id))`);
    await runner.query(`
      CREATE POLICY written_with_version ON disclosure_schedule_line FOR INSERT TO concordat_app WITH CHECK (EXISTS (
        SELECT FROM disclosure_schedule s JOIN item i ON i.workspace_id = s.workspace_id
         WHERE s.id = schedule_id AND i.id = item_id AND s.signed_by = (SELECT law.person()) AND s.xmin = pg_current_xact_id()::xid))`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TABLE disclosure_schedule_line`);
    await runner.query(`DROP TABLE disclosure_schedule`);
    await runner.query(`RESET ROLE`);
  }
}
