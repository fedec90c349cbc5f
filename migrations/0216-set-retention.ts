import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Into which retention group an exhibit was put, and when it is to be looked at again; each review adds a row, and the latest counts.
 * Only people of the agency it is from do so.
 */
export class SetRetention1763700021600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE exhibit_retention (
        item_id uuid NOT NULL REFERENCES exhibit (item_id),
        seq integer NOT NULL CHECK (seq > 0),
        group_code text NOT NULL,
        review_on date NOT NULL,
        reason text NOT NULL,
        set_by uuid NOT NULL REFERENCES person (id),
        set_by_name text NOT NULL,
        set_at timestamptz NOT NULL,
        PRIMARY KEY (item_id, seq)
      )`);
    await runner.query(`ALTER TABLE exhibit_retention ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY reader_reads ON exhibit_retention FOR SELECT TO concordat_app USING (EXISTS (SELECT FROM item i WHERE i.id = item_id))`);
    await runner.query(`
      CREATE POLICY adds ON exhibit_retention FOR INSERT TO concordat_app
        WITH CHECK (set_by = (SELECT law.person()) AND EXISTS (SELECT FROM item i WHERE i.id = item_id AND i.originator_agency_id = (SELECT law.agency())))`);
    await runner.query(`GRANT SELECT, INSERT ON exhibit_retention TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TABLE exhibit_retention`);
    await runner.query(`RESET ROLE`);
  }
}
