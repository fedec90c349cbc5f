import type { MigrationInterface, QueryRunner } from 'typeorm';

const MANAGES = `(SELECT coalesce(string_to_array(current_setting('concordat.roles', true), ',') && ARRAY['service-manager'], false))`;
const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/**
 * Shows who manages an agency, across all cases, what her own people did, and the lists of others that held something of an
 * agency's own or out of a case that it leads: what was searched for or alerted of belongs to no one case. What others did in
 * one case she is shown by the policies of its access log. Which items there are is asked of row-level security itself, so
 * that an entry about what has gone out of her sight tells her nothing; what an entry of her own people was about is for the
 * query to ask in the same way.
 */
export class ShowManagersTheirAgencysLog1763700018500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    await runner.query(`
      CREATE POLICY manager_reads_own_people ON ledger_entry FOR SELECT TO concordat_app
        USING (${MANAGES} AND agency_id = (SELECT law.agency()))`);
    await runner.query(`
      CREATE POLICY manager_reads_lists_of_others ON ledger_entry FOR SELECT TO concordat_app USING (
        ${MANAGES} AND workspace_id IS NULL AND category IN ('search', 'consultation') AND jsonb_typeof(item_ids) = 'array' AND EXISTS (
          SELECT FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(item_ids) = 'array' THEN item_ids END) AS named (id)
            JOIN item i ON i.id = CASE WHEN named.id ~ '${UUID}' THEN named.id::uuid END
            JOIN workspace w ON w.id = i.workspace_id
           WHERE (SELECT law.agency()) IN (i.originator_agency_id, w.lead_agency_id)))`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const policy of ['manager_reads_lists_of_others', 'manager_reads_own_people']) await runner.query(`DROP POLICY ${policy} ON ledger_entry`);
    await runner.query(`RESET ROLE`);
  }
}
