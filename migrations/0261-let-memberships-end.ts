import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A membership is ended before its time by the agency that leads or by the member itself. The row keeps when; who ended it and why
 * stands beside it, for those two agencies alone: others of the case learn that it ended and not why.
 */
export class LetMembershipsEnd1763700026100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    const works = `(SELECT law.works_on_cases())`;
    const own = `(SELECT law.agency())`;
    // The agency that leads never ends, and a membership that has ended stays as it was.
    const running = `(valid_to IS NULL OR valid_to > (SELECT law.moment()))`;
    const guest = `EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id AND w.lead_agency_id <> agency_id AND ${own} IN (agency_id, w.lead_agency_id))`;
    // The time of the act, which the application's clock gives: no end is set for later, and none is put into the past.
    const now = (column: string): string => `${column} BETWEEN (SELECT law.moment()) - interval '5 minutes' AND (SELECT law.moment()) + interval '1 minute'`;
    await runner.query(`DROP POLICY lead_ends ON workspace_member`);
    await runner.query(`
      CREATE POLICY lead_or_own_ends ON workspace_member FOR UPDATE TO concordat_app
        USING (${works} AND ${running} AND ${guest}) WITH CHECK (${now('valid_to')})`);
    await runner.query(`GRANT UPDATE (valid_to) ON workspace_member TO concordat_app`);
    await runner.query(`
      CREATE TABLE member_end (
        workspace_id uuid NOT NULL,
        agency_id uuid NOT NULL REFERENCES agency (id),
        began_at timestamptz NOT NULL,
        ended_at timestamptz NOT NULL,
        ended_by uuid NOT NULL REFERENCES person (id),
        ended_by_name text NOT NULL,
        ended_by_agency_id uuid NOT NULL REFERENCES agency (id),
        ended_by_agency_name text NOT NULL,
        agency_name text NOT NULL,
        workspace_title text NOT NULL,
        reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
        PRIMARY KEY (workspace_id, agency_id, began_at),
        FOREIGN KEY (workspace_id, agency_id, began_at) REFERENCES workspace_member (workspace_id, agency_id, valid_from)
      )`);
    await runner.query(`ALTER TABLE member_end ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    const led = `EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id AND w.lead_agency_id = ${own})`;
    await runner.query(`
      CREATE POLICY both_read ON member_end FOR SELECT TO concordat_app USING (${works} AND (agency_id = ${own} OR ${led}))`);
    await runner.query(`
      CREATE POLICY lead_or_own_ends ON member_end FOR INSERT TO concordat_app
        WITH CHECK (${works} AND ended_by = (SELECT law.person()) AND ended_by_agency_id = ${own} AND ${now('ended_at')} AND ${guest})`);
    await runner.query(`GRANT SELECT, INSERT ON member_end TO concordat_app`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`DROP TABLE member_end`);
    await runner.query(`REVOKE UPDATE (valid_to) ON workspace_member FROM concordat_app`);
    await runner.query(`DROP POLICY lead_or_own_ends ON workspace_member`);
    const led = `EXISTS (SELECT FROM workspace w WHERE w.id = workspace_id AND w.lead_agency_id = (SELECT law.agency()))`;
    await runner.query(`CREATE POLICY lead_ends ON workspace_member FOR UPDATE TO concordat_app USING (${led}) WITH CHECK (${led})`);
    await runner.query(`RESET ROLE`);
  }
}
