import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['exhibit', 'upload_ticket'];

/**
 * An exhibit that is made of another or taken out of it points to it, and is numbered below it. A number once taken is not given
 * again. Whoever makes something of an exhibit sees it, and so the database asks.
 */
export class DeriveExhibits1763700021300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN derived_from uuid REFERENCES exhibit (item_id)`);
      await runner.query(`ALTER TABLE ${table} ADD COLUMN relation text CHECK (relation IN ('working-copy', 'redacted', 'photograph', 'taken-out'))`);
      await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${table}_relation_said CHECK ((derived_from IS NULL) = (relation IS NULL))`);
    }
    await runner.query(`CREATE INDEX exhibit_derived ON exhibit (derived_from) WHERE derived_from IS NOT NULL`);
    await runner.query(`
      CREATE POLICY of_what_is_seen ON exhibit AS RESTRICTIVE FOR INSERT TO concordat_app
        WITH CHECK (derived_from IS NULL OR EXISTS (SELECT FROM item i WHERE i.id = derived_from))`);
    await runner.query(`CREATE TABLE exhibit_part_number (item_id uuid PRIMARY KEY REFERENCES exhibit (item_id), last integer NOT NULL CHECK (last > 0))`);
    await runner.query(`ALTER TABLE exhibit_part_number ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY of_what_is_seen ON exhibit_part_number TO concordat_app USING (EXISTS (SELECT FROM item i WHERE i.id = item_id))`);
    await runner.query(`GRANT SELECT, INSERT, UPDATE (last) ON exhibit_part_number TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TABLE exhibit_part_number`);
    await runner.query(`DROP POLICY of_what_is_seen ON exhibit`);
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN relation, DROP COLUMN derived_from`);
    await runner.query(`RESET ROLE`);
  }
}
