import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a person said she reads an investigation for, for as long as her session lasts. Each entry of what she read in it carries it; this
 * row only saves her from being asked again. Another session of hers is asked anew.
 */
export class KeepStatedPurposes1763700027200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE stated_purpose (
        session_id uuid NOT NULL REFERENCES session (id),
        workspace_id uuid NOT NULL REFERENCES workspace (id),
        purpose text NOT NULL CHECK (char_length(purpose) BETWEEN 1 AND 500),
        stated_at timestamptz NOT NULL,
        PRIMARY KEY (session_id, workspace_id)
      )`);
    await runner.query(`ALTER TABLE stated_purpose ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    // Of a case that is in sight no more there is nothing to say.
    await runner.query(`
      CREATE POLICY own_session ON stated_purpose TO concordat_app
        USING (session_id = (SELECT nullif(current_setting('concordat.session', true), '')::uuid)
          AND EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id))`);
    await runner.query(`GRANT SELECT, INSERT ON stated_purpose TO concordat_app`);
    await runner.query(`GRANT UPDATE (purpose, stated_at) ON stated_purpose TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE stated_purpose`);
  }
}
