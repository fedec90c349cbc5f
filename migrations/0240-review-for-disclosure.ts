import type { MigrationInterface, QueryRunner } from 'typeorm';

const SEEN = `EXISTS (SELECT FROM item i WHERE i.id = item_id)`;

/**
 * What was said of an exhibit for disclosure: used or unused, sensitive or not, and with which result. Each review adds a row and the
 * latest counts, so that what an older schedule listed stays readable. Only the agency the exhibit is from, and the one that leads the
 * investigation and answers for its schedule, say anything.
 */
export class ReviewForDisclosure1763700024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE disclosure_review (
        item_id uuid NOT NULL REFERENCES exhibit (item_id),
        seq integer NOT NULL CHECK (seq > 0),
        class text NOT NULL,
        result text NOT NULL,
        ground text CHECK (class <> 'sensitive-unused' OR ground IS NOT NULL),
        reason text NOT NULL,
        agency_id uuid NOT NULL REFERENCES agency (id),
        agency_name text NOT NULL,
        reviewed_by uuid NOT NULL REFERENCES person (id),
        reviewed_by_name text NOT NULL,
        reviewed_at timestamptz NOT NULL,
        PRIMARY KEY (item_id, seq)
      )`);
    await runner.query(`ALTER TABLE disclosure_review ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY reader_reads ON disclosure_review FOR SELECT TO concordat_app USING (${SEEN})`);
    await runner.query(`
      CREATE POLICY adds ON disclosure_review FOR INSERT TO concordat_app
        WITH CHECK (reviewed_by = (SELECT law.person()) AND agency_id = (SELECT law.agency()) AND EXISTS (
          SELECT FROM item i JOIN workspace w ON w.id = i.workspace_id
           WHERE i.id = item_id AND (SELECT law.agency()) IN (i.originator_agency_id, w.lead_agency_id)))`);
    await runner.query(`GRANT SELECT, INSERT ON disclosure_review TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TABLE disclosure_review`);
    await runner.query(`RESET ROLE`);
  }
}
