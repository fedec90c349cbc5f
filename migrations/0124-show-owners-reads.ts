import type { MigrationInterface, QueryRunner } from 'typeorm';

const AGENCY = `(SELECT nullif(current_setting('concordat.agency', true), '')::uuid)`;

/**
 * Shows an agency in the access log of a case also what others did to the items it owns there, whoever leads. Which items
 * there are is asked of row-level security itself: an item it can no longer see tells it nothing.
 */
export class ShowOwnersReads1763700012400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE POLICY ledger_read_own_items ON ledger_entry FOR SELECT TO concordat_app USING (
        workspace_id IS NOT NULL AND EXISTS (
          SELECT FROM item i WHERE i.workspace_id = ledger_entry.workspace_id AND i.originator_agency_id = ${AGENCY} AND (
            i.id::text = ledger_entry.subject_id
            OR (ledger_entry.subject_id = ledger_entry.workspace_id::text AND ledger_entry.item_ids ? i.id::text)
          )))`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP POLICY ledger_read_own_items ON ledger_entry`);
  }
}
