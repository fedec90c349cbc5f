import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What decides who sees an item, column by column: no title, no summary, no text of anybody's. */
const COLUMNS = {
  workspace: 'id, reference, lead_agency_id, tier, sensitive, created_at',
  workspace_member: 'workspace_id, agency_id, agreement_id, clause_id, valid_from, valid_to',
  agreement: 'id, reference, status, valid_from, valid_to, ceiling_tier, ceiling_sensitive',
  agreement_party: 'agreement_id, agency_id',
  agreement_clause: 'id, agreement_id, code, purpose, gateway',
  item: 'id, workspace_id, kind, originator_agency_id, tier, sensitive, descriptors, handling, releasable_to, created_at',
  record_version: 'item_id, version, tier, sensitive, descriptors, handling, releasable_to, saved_at',
} as const;

/** Lets the auditor's role read what decides who could see an item on a day, and nothing that stands in one. */
export class LetAuditorSeeWhoCould1763700012300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const [table, columns] of Object.entries(COLUMNS)) {
      await runner.query(`GRANT SELECT (${columns}) ON ${table} TO concordat_auditor`);
      await runner.query(`CREATE POLICY auditor_reads ON ${table} FOR SELECT TO concordat_auditor USING (true)`);
    }
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const [table, columns] of Object.entries(COLUMNS)) {
      await runner.query(`DROP POLICY auditor_reads ON ${table}`);
      await runner.query(`REVOKE SELECT (${columns}) ON ${table} FROM concordat_auditor`);
    }
    await runner.query(`RESET ROLE`);
  }
}
