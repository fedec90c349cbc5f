import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The searches an auditor keeps under a name of her own. Nobody else sees that there are any. */
export class KeepSearches1763700012200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE audit_search (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person (id),
        name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
        filter text NOT NULL CHECK (char_length(filter) <= 10000),
        created_at timestamptz NOT NULL,
        UNIQUE (person_id, name)
      )`);
    await runner.query(`ALTER TABLE audit_search ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY own_searches ON audit_search TO concordat_app
        USING (person_id = (SELECT nullif(current_setting('concordat.person', true), '')::uuid))`);
    await runner.query(`GRANT SELECT, INSERT, DELETE ON audit_search TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_search`);
  }
}
