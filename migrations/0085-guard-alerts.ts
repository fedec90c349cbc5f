import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An agency sees its own alerts for as long as it sees what they are about. The worker raises one for nobody who may not
 * see the item at that moment, whatever its own code believes.
 */
export class GuardAlerts1763700008500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const own = `agency_id = (SELECT law.agency()) AND EXISTS (SELECT FROM item i WHERE i.id = item_id)`;
    const seen = `EXISTS (SELECT FROM alert a WHERE a.id = alert_id)`;
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const table of ['alert', 'delivery']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    }
    await runner.query(`CREATE POLICY agency_reads ON alert FOR SELECT TO concordat_app USING (${own})`);
    await runner.query(`CREATE POLICY agency_answers ON alert FOR UPDATE TO concordat_app USING (${own}) WITH CHECK (${own})`);
    await runner.query(`CREATE POLICY worker_reads ON alert FOR SELECT TO concordat_worker USING (true)`);
    await runner.query(`
      CREATE POLICY worker_raises ON alert FOR INSERT TO concordat_worker WITH CHECK (law.agency_may_see_item(agency_id, item_id))`);
    await runner.query(`CREATE POLICY agency_reads ON delivery FOR SELECT TO concordat_app USING (${seen})`);
    await runner.query(`CREATE POLICY agency_answers ON delivery FOR UPDATE TO concordat_app USING (${seen}) WITH CHECK (${seen})`);
    await runner.query(`CREATE POLICY worker_delivers ON delivery TO concordat_worker USING (true)`);
    await runner.query(`RESET ROLE`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL ROLE concordat_owner`);
    for (const policy of ['agency_reads', 'agency_answers', 'worker_delivers']) await runner.query(`DROP POLICY ${policy} ON delivery`);
    for (const policy of ['agency_reads', 'agency_answers', 'worker_reads', 'worker_raises']) await runner.query(`DROP POLICY ${policy} ON alert`);
    for (const table of ['alert', 'delivery']) {
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
    }
    await runner.query(`RESET ROLE`);
  }
}
