import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An exhibit's originator takes it back from an agency: its packets for that agency go, and the agency is asked what became of its
 * copies. What is asked names what it was shown before, and nothing that came later.
 */
export class LetExhibitsBeRecalled1763700023300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`GRANT DELETE ON exhibit_packet TO concordat_app`);
    await runner.query(`
      CREATE POLICY originator_recalls ON exhibit_packet FOR DELETE TO concordat_app
        USING (agency_id <> (SELECT law.agency())
          AND EXISTS (SELECT FROM item i WHERE i.id = item_id AND i.originator_agency_id = (SELECT law.agency())))`);
    await runner.query(`
      CREATE TABLE exhibit_recall (
        id uuid PRIMARY KEY,
        item_id uuid NOT NULL REFERENCES exhibit (item_id),
        agency_id uuid NOT NULL REFERENCES agency (id),
        by_agency_id uuid NOT NULL REFERENCES agency (id) CHECK (by_agency_id <> agency_id),
        workspace_reference text NOT NULL,
        reference text NOT NULL,
        title text NOT NULL,
        marking text NOT NULL,
        reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 1000),
        recalled_by uuid NOT NULL REFERENCES person (id),
        recalled_by_name text NOT NULL,
        recalled_at timestamptz NOT NULL,
        seen jsonb NOT NULL,
        copies text CHECK (copies IN ('none', 'destroyed', 'kept')),
        answer text CHECK (char_length(answer) BETWEEN 1 AND 1000),
        answered_by_name text,
        answered_at timestamptz,
        CHECK ((copies IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_at IS NULL))
      )`);
    await runner.query(`CREATE INDEX exhibit_recall_agency ON exhibit_recall (agency_id, recalled_at DESC)`);
    await runner.query(`CREATE INDEX exhibit_recall_item ON exhibit_recall (item_id, recalled_at DESC)`);
    await runner.query(`ALTER TABLE exhibit_recall ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    const works = `(SELECT law.works_on_cases())`;
    await runner.query(`
      CREATE POLICY both_read ON exhibit_recall FOR SELECT TO concordat_app
        USING (${works} AND (SELECT law.agency()) IN (agency_id, by_agency_id))`);
    await runner.query(`
      CREATE POLICY originator_recalls ON exhibit_recall FOR INSERT TO concordat_app
        WITH CHECK (${works} AND by_agency_id = (SELECT law.agency()) AND recalled_by = (SELECT law.person()) AND answered_at IS NULL
          AND EXISTS (SELECT FROM item i WHERE i.id = item_id AND i.originator_agency_id = (SELECT law.agency())))`);
    await runner.query(`
      CREATE POLICY recalled_answers ON exhibit_recall FOR UPDATE TO concordat_app
        USING (${works} AND agency_id = (SELECT law.agency()) AND answered_at IS NULL) WITH CHECK (agency_id = (SELECT law.agency()))`);
    await runner.query(`GRANT SELECT, INSERT ON exhibit_recall TO concordat_app`);
    await runner.query(`GRANT UPDATE (copies, answer, answered_by_name, answered_at) ON exhibit_recall TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TABLE exhibit_recall`);
    await runner.query(`DROP POLICY originator_recalls ON exhibit_packet`);
    await runner.query(`REVOKE DELETE ON exhibit_packet FROM concordat_app`);
    await runner.query(`RESET ROLE`);
  }
}
