import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why an auditor is looking, in her own words, for as long as her session lasts. Each entry of what she looked at carries
 * it; this row only saves her from typing it again. Another session of hers has a reason of its own.
 */
export class KeepAuditorsReason1763700012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE TABLE audit_reason (
        session_id uuid PRIMARY KEY REFERENCES session (id),
        reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
        stated_at timestamptz NOT NULL
      )`);
    await runner.query(`ALTER TABLE audit_reason ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE POLICY own_session ON audit_reason TO concordat_app
        USING (session_id = (SELECT nullif(current_setting('concordat.session', true), '')::uuid))`);
    await runner.query(`GRANT SELECT, INSERT ON audit_reason TO concordat_app`);
    await runner.query(`GRANT UPDATE (reason, stated_at) ON audit_reason TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_reason`);
  }
}
